package io.flyteconnect.internal.config;

import io.flyteconnect.config.ClientSecret;

/**
 * A client secret that is written in the settings themselves.
 */
final class DirectClientSecret implements ClientSecret {

	private static final int LONG_ENOUGH = 8;

	private final String secret;

	private final String description;

	DirectClientSecret(String secret, String description) {
		this.secret = secret;
		this.description = description;
	}

	@Override
	public String read() {
		return this.secret;
	}

	@Override
	public boolean isWritten(String text) {
		String written = this.secret.strip();
		return text.equals(written) || written.length() >= LONG_ENOUGH && text.contains(written);
	}

	@Override
	public String description() {
		return this.description;
	}

	@Override
	public String toString() {
		return this.description;
	}

}
