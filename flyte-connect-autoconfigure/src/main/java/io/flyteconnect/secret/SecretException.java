package io.flyteconnect.secret;

/**
 * Thrown when a secret cannot be had. Never holds a secret.
 *
 * @since 0.1.0
 */
public abstract class SecretException extends RuntimeException {

	SecretException(String message) {
		super(message);
	}

}
