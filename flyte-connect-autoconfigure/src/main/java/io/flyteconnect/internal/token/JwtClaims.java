package io.flyteconnect.internal.token;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParserFactory;

/**
 * Reads the claims of a token that looks like a JWT (RFC 7519). No signature is verified:
 * for a token that came straight from the token endpoint none needs to be (OpenID Connect
 * Core section 3.1.3.7), and an access token is for the server to judge.
 */
public final class JwtClaims {

	private JwtClaims() {
	}

	/**
	 * Return the claims of a token.
	 * @param token the token
	 * @return its claims, none if it is no JWT
	 */
	public static Map<String, Object> of(String token) {
		String[] parts = token.split("\\.", -1);
		if (parts.length != 3) {
			return Map.of();
		}
		try {
			byte[] claims = Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.US_ASCII));
			// Jackson's parser has no map for the word null.
			Map<String, Object> map = JsonParserFactory.getJsonParser()
				.parseMap(new String(claims, StandardCharsets.UTF_8));
			return (map != null) ? map : Map.of();
		}
		catch (IllegalArgumentException ex) {
			return Map.of();
		}
	}

	/**
	 * Return the end of a token (RFC 7519 section 4.1.4), a hint when to renew it. One
	 * that makes no sense counts as absent, as an {@code expires_in} does.
	 * @param token the token
	 * @return its {@code exp} claim, or {@code null}
	 */
	static @Nullable Instant expiry(String token) {
		return instant(token, "exp");
	}

	/**
	 * Return when a token was issued (RFC 7519 section 4.1.6), by the clock of who did.
	 * @param token the token
	 * @return its {@code iat} claim, or {@code null}
	 */
	static @Nullable Instant issued(String token) {
		return instant(token, "iat");
	}

	private static @Nullable Instant instant(String token, String name) {
		Object seconds = of(token).get(name);
		try {
			return (seconds != null) ? Instant.EPOCH.plus(Seconds.of(seconds)) : null;
		}
		catch (NumberFormatException | DateTimeException | ArithmeticException ex) {
			return null;
		}
	}

}
