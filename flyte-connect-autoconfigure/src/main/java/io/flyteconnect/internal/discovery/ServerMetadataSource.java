package io.flyteconnect.internal.discovery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.google.common.util.concurrent.ListenableFuture;
import flyteidl.service.Auth.OAuth2MetadataRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigRequest;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.internal.api.ApiMethods;
import io.flyteconnect.internal.call.authorization.CallAuthorization;
import io.flyteconnect.login.LoginException;

/**
 * Fetches the metadata of the login from Flyte Admin, and caches them for a limited time.
 */
public class ServerMetadataSource {

	private static final Log logger = LogFactory.getLog(ServerMetadataSource.class);

	static final Duration TIMEOUT = Duration.ofSeconds(10);

	/**
	 * How long metadata are cached: long, since an authorization server rarely moves, but
	 * limited, since it may.
	 */
	public static final Duration TIME_TO_LIVE = Duration.ofHours(1);

	private static final Pattern NOT_IMPLEMENTED = Pattern.compile("\\bHTTP (?:status code )?501\\b");

	private final String endpoint;

	private final FlyteApi api;

	private final Supplier<Channel> channel;

	private final Clock clock;

	private final AtomicInteger forgotten = new AtomicInteger();

	private volatile @Nullable Answer answer;

	public ServerMetadataSource(String endpoint, FlyteApi api, Supplier<Channel> channel, Clock clock) {
		this.api = api;
		this.endpoint = endpoint;
		this.channel = channel;
		this.clock = clock;
	}

	/**
	 * Return the metadata of the server.
	 * @return the metadata, or {@code null} if the server has no login
	 * @throws LoginException if the server could not be asked
	 */
	public @Nullable ServerMetadata get() {
		Answer known = this.answer;
		if (known != null && this.clock.instant().isBefore(known.until())) {
			return known.metadata();
		}
		int generation = this.forgotten.get();
		try {
			Answer fresh = new Answer(fetch(), this.clock.instant().plus(TIME_TO_LIVE));
			if (generation == this.forgotten.get()) {
				this.answer = fresh;
			}
			return fresh.metadata();
		}
		catch (LoginException ex) {
			if (known == null) {
				throw ex;
			}
			logger.debug("Login metadata of " + this.endpoint + " could not be renewed, using the known ones", ex);
			return known.metadata();
		}
	}

	/**
	 * Return the metadata that were fetched last.
	 * @return the metadata, or {@code null} if it was not asked or has no login
	 */
	public @Nullable ServerMetadata known() {
		Answer known = this.answer;
		return (known != null) ? known.metadata() : null;
	}

	/**
	 * Return the metadata key that the server is known to want the token under.
	 * @return the key, or {@code null} if none is known
	 */
	public @Nullable String knownAuthorizationHeader() {
		ServerMetadata known = known();
		return (known != null) ? known.authorizationHeader() : null;
	}

	/**
	 * Remove the cached metadata, so that they are fetched again.
	 */
	public void forget() {
		this.forgotten.incrementAndGet();
		this.answer = null;
	}

	private @Nullable ServerMetadata fetch() {
		Channel channel = this.channel.get();
		CallOptions options = CallOptions.DEFAULT.withOption(CallAuthorization.ANONYMOUS, true)
			.withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		ListenableFuture<OAuth2MetadataResponse> metadata = ClientCalls.futureUnaryCall(
				channel.newCall(ApiMethods.metadata(this.api), options), OAuth2MetadataRequest.getDefaultInstance());
		ListenableFuture<PublicClientAuthConfigResponse> client = ClientCalls.futureUnaryCall(
				channel.newCall(ApiMethods.publicClient(this.api), options),
				PublicClientAuthConfigRequest.getDefaultInstance());
		try {
			OAuth2MetadataResponse published = published(metadata);
			PublicClientAuthConfigResponse publicClient = published(client);
			if (published == null) {
				logger.debug(this.endpoint + " publishes no login metadata: calls go without a token");
				return null;
			}
			return ServerMetadata.of(published,
					(publicClient != null) ? publicClient : PublicClientAuthConfigResponse.getDefaultInstance());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw LoginException.discovery(Status.CANCELLED.withDescription("interrupted"), ex);
		}
	}

	/**
	 * Returns the response of one method, {@code null} if the server does not implement
	 * it.
	 */
	private static <T> @Nullable T published(ListenableFuture<T> answer) throws InterruptedException {
		try {
			return answer.get();
		}
		catch (ExecutionException ex) {
			Status status = Status.fromThrowable((ex.getCause() != null) ? ex.getCause() : ex);
			if (status.getCode() == Status.Code.UNIMPLEMENTED || isNotImplemented(status)) {
				return null;
			}
			if (status.getCause() instanceof LoginException proxy) {
				// The request failed at the token for a proxy in front of the server.
				throw proxy;
			}
			throw LoginException.discovery(status, ex.getCause());
		}
	}

	// HTTP's word for it, which gRPC takes for an unknown end.
	private static boolean isNotImplemented(Status status) {
		return NOT_IMPLEMENTED.matcher(String.valueOf(status.getDescription())).find();
	}

	private record Answer(@Nullable ServerMetadata metadata, Instant until) {

	}

}
