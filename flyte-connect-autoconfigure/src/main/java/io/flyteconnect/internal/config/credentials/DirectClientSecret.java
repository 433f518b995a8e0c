package io.flyteconnect.internal.config.credentials;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.CredentialSettings.ClientSecret;

/**
 * A client secret that is written in the settings themselves.
 */
final class DirectClientSecret implements ClientSecret {

	private static final int LONG_ENOUGH = 8;

	private final String secret;

	private final @Nullable String key;

	private final String description;

	DirectClientSecret(String secret, String description) {
		this(secret, null, description);
	}

	/**
	 * Create a secret.
	 * @param secret the secret
	 * @param key the API key that it is a part of, or {@code null}
	 * @param description where it is written
	 */
	DirectClientSecret(String secret, @Nullable String key, String description) {
		this.secret = secret;
		this.key = key;
		this.description = description;
	}

	@Override
	public String read() {
		return this.secret;
	}

	@Override
	public boolean isWritten(String text) {
		String written = this.secret.strip();
		return text.equals(written) || written.length() >= LONG_ENOUGH && text.contains(written)
				|| this.key != null && text.contains(this.key);
	}

	@Override
	public String description() {
		return this.description;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof DirectClientSecret that && this.secret.equals(that.secret);
	}

	@Override
	public int hashCode() {
		return this.secret.hashCode();
	}

	@Override
	public String toString() {
		return this.description;
	}

}
