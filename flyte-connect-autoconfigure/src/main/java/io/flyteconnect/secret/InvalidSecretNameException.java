package io.flyteconnect.secret;

/**
 * Thrown when a name could lead out of the folder of secrets, or is none.
 *
 * @author Flyte Connect
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

}
