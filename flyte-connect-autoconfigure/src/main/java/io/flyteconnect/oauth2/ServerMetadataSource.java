package io.flyteconnect.oauth2;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.google.common.util.concurrent.ListenableFuture;
import flyteidl.service.Auth.OAuth2MetadataRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigRequest;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import flyteidl.service.AuthMetadataServiceGrpc;
import flyteidl.service.AuthMetadataServiceGrpc.AuthMetadataServiceFutureStub;
import io.grpc.Channel;
import io.grpc.Status;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks Flyte Admin how to log in, once, and keeps the answer for a time. Used by one
 * thread at a time: the one that logs in.
 */
class ServerMetadataSource {

	private static final Log logger = LogFactory.getLog(ServerMetadataSource.class);

	static final Duration TIMEOUT = Duration.ofSeconds(10);

	/**
	 * How long an answer is used before the server is asked again. Long, since an
	 * authorization server rarely moves; bounded, since it does.
	 */
	static final Duration TIME_TO_LIVE = Duration.ofHours(1);

	private final String endpoint;

	private final Supplier<Channel> channel;

	private final Clock clock;

	private volatile @Nullable Answer answer;

	ServerMetadataSource(String endpoint, Supplier<Channel> channel, Clock clock) {
		this.endpoint = endpoint;
		this.channel = channel;
		this.clock = clock;
	}

	/**
	 * Return what the server publishes.
	 * @return the metadata, or {@code null} if the server has no login
	 * @throws LoginException if the server could not be asked
	 */
	@Nullable ServerMetadata get() {
		Answer known = this.answer;
		if (known != null && this.clock.instant().isBefore(known.until())) {
			return known.metadata();
		}
		try {
			Answer fresh = new Answer(fetch(), this.clock.instant().plus(TIME_TO_LIVE));
			this.answer = fresh;
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
	 * Forget the answer, so that the server is asked again.
	 */
	void forget() {
		this.answer = null;
	}

	private @Nullable ServerMetadata fetch() {
		AuthMetadataServiceFutureStub stub = AuthMetadataServiceGrpc.newFutureStub(this.channel.get())
			.withOption(AuthorizationInterceptor.ANONYMOUS, true)
			.withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		ListenableFuture<OAuth2MetadataResponse> metadata = stub
			.getOAuth2Metadata(OAuth2MetadataRequest.getDefaultInstance());
		ListenableFuture<PublicClientAuthConfigResponse> client = stub
			.getPublicClientConfig(PublicClientAuthConfigRequest.getDefaultInstance());
		try {
			return ServerMetadata.of(metadata.get(), client.get());
		}
		catch (ExecutionException ex) {
			client.cancel(true);
			Status status = Status.fromThrowable((ex.getCause() != null) ? ex.getCause() : ex);
			if (status.getCode() == Status.Code.UNIMPLEMENTED) {
				logger.debug(this.endpoint + " publishes no login metadata: calls go without a token");
				return null;
			}
			throw LoginException.discovery(status, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw LoginException.discovery(Status.CANCELLED.withDescription("interrupted"), ex);
		}
	}

	private record Answer(@Nullable ServerMetadata metadata, Instant until) {

	}

}
