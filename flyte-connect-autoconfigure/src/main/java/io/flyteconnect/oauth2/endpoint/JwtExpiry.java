package io.flyteconnect.oauth2.endpoint;

import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code exp} claim of a token that looks like a JWT (RFC 7519 section 4.1.4),
 * as a hint when to renew it.
 */
final class JwtExpiry {

	private JwtExpiry() {
	}

	static @Nullable Instant of(String token) {
		try {
			return (JwtClaims.of(token).get("exp") instanceof Number exp) ? Instant.ofEpochSecond(exp.longValue())
					: null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
