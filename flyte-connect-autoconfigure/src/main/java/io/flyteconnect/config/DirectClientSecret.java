package io.flyteconnect.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A client secret that is written in the settings themselves.
 *
 * @author Flyte Connect
 */
final class DirectClientSecret implements ClientSecret {

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
		return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8),
				this.secret.strip().getBytes(StandardCharsets.UTF_8));
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
