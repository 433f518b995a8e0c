package io.flyteconnect.test;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

import io.flyteconnect.test.admin.Caller;
import io.flyteconnect.test.identity.FlyteTestIdentityProvider;

/**
 * Checks tokens like {@code flyteadmin/auth/handlers.go}: signature, expiry and the scope
 * {@code all}; all but the public services want one. The messages are those of Flyte
 * Admin 1.16.
 */
class AuthorizationInterceptor implements ServerInterceptor {

	private static final Set<String> PUBLIC_SERVICES = Set.of("flyteidl.service.AuthMetadataService",
			"flyteidl2.auth.AuthMetadataService", "grpc.reflection.v1.ServerReflection",
			"grpc.reflection.v1alpha.ServerReflection");

	private static final String NO_BEARER = "[JWT_VERIFICATION_FAILED] Could not retrieve bearer token from metadata, "
			+ "caused by: rpc error: code = Unauthenticated desc = Request unauthenticated with Bearer";

	private static final String NO_ID_TOKEN = "[JWT_VERIFICATION_FAILED] Could not retrieve id token from metadata, "
			+ "caused by: rpc error: code = Unauthenticated desc = Request unauthenticated with IDToken";

	private final FlyteTestIdentityProvider provider;

	private final ServerBehaviour behaviour;

	private final Metadata.Key<String> header;

	AuthorizationInterceptor(FlyteTestIdentityProvider provider, ServerBehaviour behaviour,
			Metadata.Key<String> header) {
		this.provider = provider;
		this.behaviour = behaviour;
		this.header = header;
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata metadata,
			ServerCallHandler<Q, A> next) {
		if (PUBLIC_SERVICES.contains(Objects.requireNonNull(call.getMethodDescriptor().getServiceName()))) {
			return next.startCall(call, metadata);
		}
		Jwt token;
		try {
			token = token(MetadataKeys.authorization(metadata, this.header));
		}
		catch (JwtException ex) {
			return refuse(call, "token parse error [id token err: " + NO_ID_TOKEN + "] | [access token err: "
					+ ex.getMessage() + "]");
		}
		List<String> scopes = token.getClaimAsStringList("scope");
		if (scopes == null || !scopes.contains("all")) {
			return refuse(call, "authenticated user doesn't have required scope");
		}
		Caller caller = new Caller(Objects.requireNonNullElse(token.getSubject(), ""),
				Objects.requireNonNullElse(token.getClaimAsString("client_id"), ""));
		return Contexts.interceptCall(Context.current().withValue(Caller.KEY, caller), call, metadata, next);
	}

	private Jwt token(@Nullable String authorization) {
		String token = MetadataKeys.bearer(authorization);
		if (token == null) {
			throw new JwtException(NO_BEARER);
		}
		if (token.isBlank()) {
			throw new JwtException("[JWT_VERIFICATION_FAILED] IDToken token is blank");
		}
		if (this.behaviour.takeRefusal()) {
			throw new JwtException("failed to validate token: refused by the test");
		}
		try {
			return this.provider.verify(token);
		}
		catch (JwtException ex) {
			String reason = Objects.toString(ex.getMessage());
			throw new JwtException(reason.contains("expired") ? "failed to validate token: Token is expired"
					: "failed to verify id token signature: " + reason, ex);
		}
	}

	private <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, String message) {
		call.close(Status.UNAUTHENTICATED.withDescription(message), new Metadata());
		return new ServerCall.Listener<>() {
		};
	}

}
