package io.flyteconnect.samples.dashboard.flyte;

import org.jspecify.annotations.Nullable;

/**
 * An input that does not fit what the launch plan expects.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public class InvalidInputException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message which input, and why
	 * @param cause the cause, or {@code null}
	 */
	public InvalidInputException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
