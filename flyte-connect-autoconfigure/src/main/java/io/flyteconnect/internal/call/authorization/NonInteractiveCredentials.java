package io.flyteconnect.internal.call.authorization;

import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;

import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.TokenManager;

/**
 * Keeps calls that must not make a person log in from doing so: they go with the token
 * that is there. To the rest of the authorization they look like calls that bring their
 * own, so a refusal has no consequences.
 *
 * @param callers looks for the caller's own token first
 * @param supply has the connection's token
 */
public record NonInteractiveCredentials(UnaryOperator<CallOptions> callers,
		TokenManager supply) implements UnaryOperator<CallOptions> {

	@Override
	public CallOptions apply(CallOptions options) {
		CallOptions own = this.callers.apply(options);
		if (own.getCredentials() != null || !own.getOption(CallAuthorization.WITHOUT_PERSON)) {
			return own;
		}
		AccessToken token = this.supply.held();
		return (token != null) ? own.withCallCredentials(new Held(token))
				: own.withOption(CallAuthorization.ANONYMOUS, true);
	}

	private static final class Held extends CallCredentials {

		private final AccessToken token;

		private Held(AccessToken token) {
			this.token = token;
		}

		@Override
		public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
			applier.apply(this.token.headers());
		}

	}

}
