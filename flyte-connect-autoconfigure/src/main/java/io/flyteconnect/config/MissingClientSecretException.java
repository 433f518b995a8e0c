package io.flyteconnect.config;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when there is nothing at the place of a client secret: no such file, or a
 * variable that is not set.
 *
 * @since 0.1.0
 */
public class MissingClientSecretException extends IllegalStateException {

	/**
	 * Create an exception.
	 * @param message names the place
	 * @param cause what it was noticed by, or {@code null}
	 */
	public MissingClientSecretException(@Nullable String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
