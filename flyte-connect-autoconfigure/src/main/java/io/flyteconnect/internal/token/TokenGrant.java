package io.flyteconnect.internal.token;

import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;

/**
 * Gets a token in the way of one mode.
 */
public interface TokenGrant {

	/**
	 * Get a token, blocking. Called by the login threads only.
	 * @return the token, or {@link AccessToken#none none} if the server asks for none
	 * @throws LoginException if that failed
	 */
	AccessToken obtain();

	/**
	 * Return what is being done to get a token. Called by any thread.
	 * @return the step, which means nothing where no token is being got
	 */
	default LoginStep step() {
		return LoginStep.TOKEN_REQUEST;
	}

	/**
	 * Take note that the server refused a token, before the next one is asked for. Called
	 * by any thread, perhaps several times for one token; must not block.
	 * @param token the refused token
	 */
	void rejected(AccessToken token);

	/**
	 * Return whether it is worth to look for a {@link #isChanged() change} after the last
	 * failure. Called by any thread; must not block.
	 * @return whether it is
	 */
	default boolean isChangePossible() {
		return false;
	}

	/**
	 * Return whether something has changed since the last failure that makes another try
	 * worth it at once, blocking. Called by the login threads only.
	 * @return whether the hold-off is void
	 */
	default boolean isChanged() {
		return false;
	}

}
