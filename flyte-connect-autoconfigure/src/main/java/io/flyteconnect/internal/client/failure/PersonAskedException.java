package io.flyteconnect.internal.client.failure;

import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * Thrown when a login failed that a person takes part in: to try it again is to ask them
 * again.
 */
public class PersonAskedException extends OAuth2AuthorizationException {

	/**
	 * Create the exception.
	 * @param cause why the login failed
	 */
	public PersonAskedException(OAuth2AuthorizationException cause) {
		super(cause.getError(), cause);
	}

}
