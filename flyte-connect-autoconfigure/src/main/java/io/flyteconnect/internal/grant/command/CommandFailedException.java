package io.flyteconnect.internal.grant.command;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * Thrown when a command gave no token. The message names the program, neither its
 * arguments nor its output.
 *
 * @since 0.1.0
 */
public final class CommandFailedException extends OAuth2AuthorizationException {

	/** The code of the error that this exception holds. */
	static final String ERROR_CODE = "command_failed";

	private final boolean permanent;

	private CommandFailedException(String message, boolean permanent, @Nullable Throwable cause) {
		super(new OAuth2Error(ERROR_CODE, message, null), message);
		this.permanent = permanent;
		if (cause != null) {
			initCause(cause);
		}
	}

	/**
	 * The command may well give a token when it runs again: it failed by itself, as it
	 * does without a network, or took too long.
	 */
	static CommandFailedException passing(String message, @Nullable Throwable cause) {
		return new CommandFailedException(message, false, cause);
	}

	/**
	 * The command gives no token until somebody changes something.
	 */
	static CommandFailedException permanent(String message) {
		return new CommandFailedException(message, true, null);
	}

	/**
	 * Return whether the command can be expected to fail again until somebody changes
	 * something: it is not installed or not executable, or what it printed is no token.
	 * @return whether the failure is permanent
	 */
	public boolean isPermanent() {
		return this.permanent;
	}

}
