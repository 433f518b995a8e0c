package io.flyteconnect.oauth2.endpoint;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code exp} claim of a token that looks like a JWT (RFC 7519 section 4.1.4).
 * Nothing is verified: the token is for the server to judge, this is only a hint when to
 * renew it.
 */
final class JwtExpiry {

	private JwtExpiry() {
	}

	static @Nullable Instant of(String token) {
		String[] parts = token.split("\\.", -1);
		if (parts.length != 3) {
			return null;
		}
		try {
			byte[] claims = Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.US_ASCII));
			Map<String, Object> json = TokenResponseReader.parse(claims);
			return (json != null && json.get("exp") instanceof Number exp) ? Instant.ofEpochSecond(exp.longValue())
					: null;
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

}
