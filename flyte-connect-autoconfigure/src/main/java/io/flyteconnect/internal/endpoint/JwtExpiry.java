package io.flyteconnect.internal.endpoint;

import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code exp} claim of a token that looks like a JWT (RFC 7519 section 4.1.4),
 * as a hint when to renew it. One that makes no sense counts as absent, as an
 * {@code expires_in} does.
 */
final class JwtExpiry {

	private JwtExpiry() {
	}

	static @Nullable Instant of(String token) {
		Object exp = JwtClaims.of(token).get("exp");
		try {
			return (exp != null) ? Instant.EPOCH.plus(Seconds.of(exp)) : null;
		}
		catch (NumberFormatException | DateTimeException | ArithmeticException ex) {
			return null;
		}
	}

}
