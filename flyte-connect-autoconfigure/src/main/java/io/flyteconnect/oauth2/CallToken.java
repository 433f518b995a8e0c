package io.flyteconnect.oauth2;

import java.util.concurrent.Executor;

import io.grpc.CallCredentials;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of one call, which remember the token that they put on it. gRPC asks
 * again for each attempt, and goes on with its own work while there is no token yet.
 */
final class CallToken extends CallCredentials {

	private final TokenSupply supply;

	private final String login;

	private volatile @Nullable AccessToken used;

	CallToken(TokenSupply supply, String login) {
		this.supply = supply;
		this.login = login;
	}

	@Override
	public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
		AccessToken token = this.supply.current();
		if (token != null) {
			apply(token, applier);
			return;
		}
		this.supply.obtain().whenComplete((obtained, ex) -> {
			if (obtained != null) {
				apply(obtained, applier);
			}
			else {
				applier.fail(status(ex));
			}
		});
	}

	private void apply(AccessToken token, MetadataApplier applier) {
		this.used = token;
		applier.apply(token.headers());
	}

	private Status status(Throwable ex) {
		return (ex instanceof LoginException failure) ? failure.toStatus(this.login)
				: Status.UNAVAILABLE.withDescription(this.login + " failed").withCause(ex);
	}

	/**
	 * The token that went out with the last attempt, {@code null} if none got that far.
	 */
	@Nullable AccessToken used() {
		return this.used;
	}

}
