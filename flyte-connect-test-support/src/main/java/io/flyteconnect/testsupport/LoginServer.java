package io.flyteconnect.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.Auth.OAuth2MetadataRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigRequest;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import flyteidl.service.AuthMetadataServiceGrpc;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * The part of Flyte Admin that a login meets: metadata, and a method that wants a token.
 */
public final class LoginServer implements AutoCloseable {

	/** The tokens that are accepted. */
	public final Set<String> accepted = ConcurrentHashMap.newKeySet();

	/** How often the metadata were asked for. */
	public final AtomicInteger metadataCalls = new AtomicInteger();

	/** How many calls were refused for their token. */
	public final AtomicInteger refusals = new AtomicInteger();

	/** The tokens of the calls, each as the header says it. */
	public final List<String> authorizations = new CopyOnWriteArrayList<>();

	/** The headers of the calls of Admin and its sisters. */
	public final List<Metadata> headers = new CopyOnWriteArrayList<>();

	/** The headers of the calls that ask how to log in. */
	public final List<Metadata> metadataHeaders = new CopyOnWriteArrayList<>();

	/** The connections that were made. */
	public final AtomicInteger connections = new AtomicInteger();

	/** The connections that are open. */
	public final AtomicInteger open = new AtomicInteger();

	/** What is done before a call is answered. */
	public volatile Runnable before = () -> {
	};

	/** Whether calls need a token. */
	public volatile boolean tokenWanted = true;

	/** How calls end whose token is accepted, {@code null} for a success. */
	public volatile @Nullable Status failure;

	/** The failure of the metadata. */
	public volatile @Nullable Status metadataFailure;

	/** What is said about the authorization server. */
	public volatile OAuth2MetadataResponse metadata = OAuth2MetadataResponse.getDefaultInstance();

	/** What is said about clients. */
	public volatile PublicClientAuthConfigResponse client = PublicClientAuthConfigResponse.newBuilder()
		.setAuthorizationMetadataKey("flyte-authorization")
		.build();

	private final Server server;

	/**
	 * Start a server.
	 * @throws IOException if it cannot listen
	 */
	public LoginServer() throws IOException {
		this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.addService(ServerInterceptors.intercept(new AuthMetadata(), new MetadataRecorder()))
			.addService(ServerInterceptors.intercept(new Admin(), new TokenCheck()))
			.addTransportFilter(new ConnectionCount())
			.build()
			.start();
	}

	/**
	 * Start a server that names where tokens come from.
	 * @param idp gives tokens
	 * @param accepted those that are accepted
	 * @return the server
	 * @throws IOException if it cannot listen
	 */
	public static LoginServer of(TokenServer idp, String... accepted) throws IOException {
		LoginServer server = new LoginServer();
		server.accepted.addAll(List.of(accepted));
		server.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("http://localhost:" + idp.port() + "/token")
			.build();
		return server;
	}

	public int port() {
		return this.server.getPort();
	}

	@Override
	public void close() throws InterruptedException {
		this.server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
	}

	private final class AuthMetadata extends AuthMetadataServiceGrpc.AuthMetadataServiceImplBase {

		@Override
		public void getOAuth2Metadata(OAuth2MetadataRequest request, StreamObserver<OAuth2MetadataResponse> observer) {
			answer(observer, LoginServer.this.metadata);
		}

		@Override
		public void getPublicClientConfig(PublicClientAuthConfigRequest request,
				StreamObserver<PublicClientAuthConfigResponse> observer) {
			answer(observer, LoginServer.this.client);
		}

		private <T> void answer(StreamObserver<T> observer, T answer) {
			LoginServer.this.metadataCalls.incrementAndGet();
			Status failure = LoginServer.this.metadataFailure;
			if (failure != null) {
				observer.onError(failure.asRuntimeException());
				return;
			}
			observer.onNext(answer);
			observer.onCompleted();
		}

	}

	private final class MetadataRecorder implements ServerInterceptor {

		@Override
		public <Q, R> Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
			LoginServer.this.metadataHeaders.add(headers);
			return next.startCall(call, headers);
		}

	}

	private final class ConnectionCount extends ServerTransportFilter {

		@Override
		public Attributes transportReady(Attributes attributes) {
			LoginServer.this.connections.incrementAndGet();
			LoginServer.this.open.incrementAndGet();
			return attributes;
		}

		@Override
		public void transportTerminated(Attributes attributes) {
			LoginServer.this.open.decrementAndGet();
		}

	}

	private final class Admin extends AdminServiceGrpc.AdminServiceImplBase {

		@Override
		public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
			LoginServer.this.before.run();
			observer.onNext(GetVersionResponse.getDefaultInstance());
			observer.onCompleted();
		}

	}

	private final class TokenCheck implements ServerInterceptor {

		@Override
		public <Q, R> Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
			LoginServer.this.headers.add(headers);
			String authorization = Map.of("flyte-authorization", "flyte-authorization")
				.getOrDefault(LoginServer.this.client.getAuthorizationMetadataKey(), "authorization");
			String value = headers.get(Metadata.Key.of(authorization, Metadata.ASCII_STRING_MARSHALLER));
			LoginServer.this.authorizations.add(String.valueOf(value));
			if (LoginServer.this.tokenWanted
					&& (value == null || !LoginServer.this.accepted.contains(value.replaceFirst("^Bearer ", "")))) {
				LoginServer.this.refusals.incrementAndGet();
				call.close(Status.UNAUTHENTICATED.withDescription("token parse error"), new Metadata());
				return new Listener<>() {
				};
			}
			Status failure = LoginServer.this.failure;
			if (failure != null) {
				call.close(failure, new Metadata());
				return new Listener<>() {
				};
			}
			return next.startCall(call, headers);
		}

	}

}
