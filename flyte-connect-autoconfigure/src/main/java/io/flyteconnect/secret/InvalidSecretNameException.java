package io.flyteconnect.secret;

import io.flyteconnect.internal.secret.SecretNames;

/**
 * Thrown when the name of a secret is invalid, or could lead out of the folder of
 * secrets.
 *
 * @since 0.1.0
 */
public final class InvalidSecretNameException extends SecretException {

	/**
	 * Create an exception.
	 * @param name the name, whose control characters are not shown
	 * @param reason what is wrong with it, a sentence
	 */
	public InvalidSecretNameException(String name, String reason) {
		super("'" + SecretNames.printable(name) + "' names no secret: " + reason);
	}

	@Override
	public String getAction() {
		return "Correct the name of the secret.";
	}

}
