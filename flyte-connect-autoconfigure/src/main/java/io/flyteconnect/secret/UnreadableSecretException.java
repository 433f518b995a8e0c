package io.flyteconnect.secret;

/**
 * Thrown when a secret was found but cannot be read, or not in the requested form.
 *
 * @since 0.1.0
 */
public final class UnreadableSecretException extends SecretException {

	private final String place;

	private final String reason;

	/**
	 * Create an exception.
	 * @param place where the secret is, in words, such as {@code file /etc/secrets/db/pw}
	 * @param reason what is wrong, as the end of a sentence
	 */
	public UnreadableSecretException(String place, String reason) {
		super("The secret in " + place + " cannot be read: " + reason);
		this.place = place;
		this.reason = reason;
	}

	/**
	 * Return where the secret is.
	 * @return the place in words
	 */
	public String getPlace() {
		return this.place;
	}

	/**
	 * Return what is wrong.
	 * @return the end of a sentence
	 */
	public String getReason() {
		return this.reason;
	}

	@Override
	public String getAction() {
		return "Correct " + this.place + ", so that this process can read it as a text of at most 1 MiB.";
	}

}
