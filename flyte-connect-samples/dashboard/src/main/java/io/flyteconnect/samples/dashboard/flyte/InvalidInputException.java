package io.flyteconnect.samples.dashboard.flyte;

import org.jspecify.annotations.Nullable;

/**
 * Inputs that cannot be read at all.
 *
 * @since 0.1.0
 */
public class InvalidInputException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message what is wrong with them
	 * @param cause the cause, or {@code null}
	 */
	public InvalidInputException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
