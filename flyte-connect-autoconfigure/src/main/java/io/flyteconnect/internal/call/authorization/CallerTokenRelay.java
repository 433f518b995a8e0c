package io.flyteconnect.internal.call.authorization;

import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.util.StringUtils;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.login.FlyteCallerToken;

/**
 * Sends the caller's own token: the one in gRPC's context, else the one that Spring
 * Security authenticated the caller by. It goes under {@code authorization}, which Flyte
 * Admin reads beside any other key.
 */
public class CallerTokenRelay implements UnaryOperator<CallOptions> {

	private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
			Metadata.ASCII_STRING_MARSHALLER);

	@Override
	public CallOptions apply(CallOptions options) {
		if (options.getCredentials() != null || options.getOption(CallAuthorization.ANONYMOUS)) {
			return options;
		}
		String token = FlyteCallerToken.KEY.get();
		token = StringUtils.hasText(token) ? token : fromSecurityContext();
		return StringUtils.hasText(token) ? options.withCallCredentials(new Relayed(token)) : options;
	}

	private static @Nullable String fromSecurityContext() {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		if (caller == null || !caller.isAuthenticated()) {
			return null;
		}
		if (caller.getCredentials() instanceof OAuth2Token token) {
			return token.getTokenValue();
		}
		return (caller.getPrincipal() instanceof OAuth2AccessToken token) ? token.getTokenValue() : null;
	}

	private static final class Relayed extends CallCredentials {

		private final String token;

		private Relayed(String token) {
			this.token = token;
		}

		@Override
		public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
			if (!SafeText.isHeaderValue(this.token)) {
				applier.fail(Status.UNAUTHENTICATED
					.withDescription("the caller's token has characters that no header can carry"));
				return;
			}
			Metadata headers = new Metadata();
			headers.put(AUTHORIZATION, "Bearer " + this.token);
			applier.apply(headers);
		}

	}

}
