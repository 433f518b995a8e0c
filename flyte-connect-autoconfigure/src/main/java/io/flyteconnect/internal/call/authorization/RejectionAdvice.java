package io.flyteconnect.internal.call.authorization;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.login.LoginException;

/**
 * Knows what a person may change after Flyte has rejected a call.
 */
public interface RejectionAdvice {

	/**
	 * Add to a failure what can be done about it.
	 * @param failure the failure
	 * @return the failure with the advice
	 */
	LoginException on(LoginException failure);

	/**
	 * Say what is missing where Flyte wants a token and publishes no way to get one.
	 * @param failure the rejection of a call without a token
	 * @return the failure with the advice
	 */
	LoginException onNoMetadata(LoginException failure);

	/**
	 * Say what a fresh token was asked for with which Flyte rejects a call.
	 * @return a sentence
	 */
	String onToken();

	/**
	 * Say what to do where Flyte wants a token and the settings are those of no login.
	 * @return a sentence, or {@code null} if there is a login
	 */
	@Nullable String onMissing();

}
