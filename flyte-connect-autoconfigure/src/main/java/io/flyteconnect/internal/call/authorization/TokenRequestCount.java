package io.flyteconnect.internal.call.authorization;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;

/**
 * Counts what a call has asked for in vain or to be rejected, so that no call asks
 * forever: it waits for a token twice, and has the token endpoint asked twice, at most.
 */
final class TokenRequestCount {

	private static final int MOST = 2;

	private volatile int asked;

	private volatile int requests;

	private volatile @Nullable Throwable failure;

	/**
	 * How many times the call has waited for a token.
	 */
	int asked() {
		return this.asked;
	}

	/**
	 * Take over how many times the call has waited for a token.
	 */
	void askedBefore(int asked) {
		this.asked = asked;
	}

	/**
	 * Whether a failure may be followed by another attempt of the call.
	 */
	boolean mayGoOn() {
		return this.asked < MOST;
	}

	/**
	 * Whether the token endpoint may be asked again.
	 */
	boolean mayAskAgain() {
		return this.requests < MOST;
	}

	/**
	 * Take note of how the call's wish for a token ended.
	 * @param token the token, or {@code null} if there is none
	 * @param ex why there is none
	 * @param ofFlyte whether it is the token for Flyte, not that for a proxy
	 */
	synchronized void count(@Nullable AccessToken token, @Nullable Throwable ex, boolean ofFlyte) {
		if (token == null) {
			// One that is being held off was met before: nobody was asked again.
			if (ex == this.failure) {
				return;
			}
			this.failure = ex;
		}
		this.asked++;
		if (ofFlyte) {
			this.requests += (token != null) ? token.requests() : requests(ex);
		}
	}

	private static int requests(@Nullable Throwable ex) {
		return (ex instanceof LoginException failure && failure.getStep() == LoginStep.TOKEN_REQUEST) ? 1 : 0;
	}

}
