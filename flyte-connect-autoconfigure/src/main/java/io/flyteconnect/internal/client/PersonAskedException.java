package io.flyteconnect.internal.client;

import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * Thrown when a login failed that a person takes part in: to try it again is to ask them
 * again.
 */
class PersonAskedException extends OAuth2AuthorizationException {

	PersonAskedException(OAuth2AuthorizationException cause) {
		super(cause.getError(), cause);
	}

}
