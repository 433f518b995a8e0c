package io.flyteconnect.internal.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Reads the claims of a token that looks like a JWT (RFC 7519). No signature is verified:
 * for a token that came straight from the token endpoint none needs to be (OpenID Connect
 * Core section 3.1.3.7), and an access token is for the server to judge.
 *
 * @since 0.1.0
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
			Map<String, Object> json = AnswerBody.json(claims);
			return (json != null) ? json : Map.of();
		}
		catch (IllegalArgumentException ex) {
			return Map.of();
		}
	}

}
