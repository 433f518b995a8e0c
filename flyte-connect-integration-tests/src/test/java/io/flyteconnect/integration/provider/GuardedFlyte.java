package io.flyteconnect.integration.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import flyteidl.service.Auth;
import flyteidl.service.AuthMetadataServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;

import io.flyteconnect.test.admin.InMemoryFlyteAdmin;

/**
 * A Flyte Admin that publishes a provider's endpoints and lets in who has a token of it.
 */
final class GuardedFlyte implements ServerInterceptor, AutoCloseable {

	private static final Metadata.Key<String> HEADER = Metadata.Key.of("flyte-authorization",
			Metadata.ASCII_STRING_MARSHALLER);

	private final InMemoryFlyteAdmin admin = new InMemoryFlyteAdmin(Clock.systemUTC(), null, null);

	private final Set<String> tokens = ConcurrentHashMap.newKeySet();

	private final AtomicInteger refused = new AtomicInteger();

	private final TokenCheck check;

	private final Server server;

	GuardedFlyte(Discovery provider, TokenCheck check, String clientId, String redirectUri, List<String> scopes) {
		this.check = check;
		this.admin.addSampleData();
		NettyServerBuilder builder = NettyServerBuilder
			.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.intercept(this)
			.addService(new Published(provider, clientId, redirectUri, scopes));
		this.admin.services().forEach(builder::addService);
		try {
			this.server = builder.build().start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String endpoint() {
		return "localhost:" + this.server.getPort();
	}

	int goodTokens() {
		return this.tokens.size();
	}

	int refused() {
		return this.refused.get();
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata metadata,
			ServerCallHandler<Q, A> next) {
		if (AuthMetadataServiceGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
			return next.startCall(call, metadata);
		}
		String value = metadata.get(HEADER);
		if (value != null && value.startsWith("Bearer ") && this.check.isGood(value.substring("Bearer ".length()))) {
			this.tokens.add(value);
			return next.startCall(call, metadata);
		}
		this.refused.incrementAndGet();
		call.close(Status.UNAUTHENTICATED.withDescription("token parse error"), new Metadata());
		return new ServerCall.Listener<>() {
		};
	}

	@Override
	public void close() {
		this.server.shutdownNow();
		this.admin.close();
	}

	/**
	 * What Flyte Admin answers who asks how to log in.
	 */
	private static final class Published extends AuthMetadataServiceGrpc.AuthMetadataServiceImplBase {

		private final Discovery provider;

		private final String clientId;

		private final String redirectUri;

		private final List<String> scopes;

		private Published(Discovery provider, String clientId, String redirectUri, List<String> scopes) {
			this.provider = provider;
			this.clientId = clientId;
			this.redirectUri = redirectUri;
			this.scopes = scopes;
		}

		@Override
		public void getOAuth2Metadata(Auth.OAuth2MetadataRequest request,
				StreamObserver<Auth.OAuth2MetadataResponse> observer) {
			observer.onNext(Auth.OAuth2MetadataResponse.newBuilder()
				.setIssuer(this.provider.text("issuer"))
				.setAuthorizationEndpoint(this.provider.text("authorization_endpoint"))
				.setTokenEndpoint(this.provider.text("token_endpoint"))
				.setJwksUri(this.provider.text("jwks_uri"))
				.setDeviceAuthorizationEndpoint(this.provider.text("device_authorization_endpoint"))
				.addAllResponseTypesSupported(this.provider.list("response_types_supported"))
				.addAllScopesSupported(this.provider.list("scopes_supported"))
				.addAllTokenEndpointAuthMethodsSupported(this.provider.list("token_endpoint_auth_methods_supported"))
				.addAllCodeChallengeMethodsSupported(this.provider.list("code_challenge_methods_supported"))
				.addAllGrantTypesSupported(this.provider.list("grant_types_supported"))
				.build());
			observer.onCompleted();
		}

		@Override
		public void getPublicClientConfig(Auth.PublicClientAuthConfigRequest request,
				StreamObserver<Auth.PublicClientAuthConfigResponse> observer) {
			observer.onNext(Auth.PublicClientAuthConfigResponse.newBuilder()
				.setClientId(this.clientId)
				.setRedirectUri(this.redirectUri)
				.addAllScopes(this.scopes)
				.setAuthorizationMetadataKey(HEADER.name())
				.build());
			observer.onCompleted();
		}

	}

}
