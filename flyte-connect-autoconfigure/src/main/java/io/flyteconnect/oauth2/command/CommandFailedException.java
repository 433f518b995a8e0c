package io.flyteconnect.oauth2.command;

import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * Thrown when a command gave no token. The message names the program, neither its
 * arguments nor its output.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public class CommandFailedException extends OAuth2AuthorizationException {

	/** The code of the error that this exception holds. */
	public static final String ERROR_CODE = "command_failed";

	CommandFailedException(String message) {
		super(new OAuth2Error(ERROR_CODE, message, null), message);
	}

	CommandFailedException(String message, Throwable cause) {
		super(new OAuth2Error(ERROR_CODE, message, null), message, cause);
	}

}
