package io.flyteconnect.internal.token;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * How long a token is good for: what the server says, else what a JWT says of itself,
 * else until it is refused.
 *
 * @since 0.1.0
 */
public final class TokenLife {

	/**
	 * The life of a token that names none: longer than any process, shorter than what
	 * date arithmetic overflows at.
	 */
	public static final Duration UNTIL_REFUSED = Duration.ofDays(3650);

	/** No clock of a server differs by so much: an older token has been kept. */
	private static final Duration LARGEST_DIFFERENCE = Duration.ofDays(1);

	private TokenLife() {
	}

	/**
	 * Work out the life of a token that has just been received.
	 * @param expiresIn the {@code expires_in} of the answer (RFC 6749 section 5.1), or
	 * {@code null} if it has none
	 * @param token the token
	 * @param received when it was received
	 * @return its life, at least a second
	 */
	public static Duration of(@Nullable Duration expiresIn, String token, Instant received) {
		return limited((expiresIn != null) ? expiresIn : ofClaims(token, received));
	}

	/**
	 * Work out the life of a token that somebody may have kept for a while.
	 * @param token the token
	 * @param received when it was received
	 * @return the time until its end, at least a second
	 */
	public static Duration ofKept(String token, Instant received) {
		Instant end = JwtClaims.expiry(token);
		if (end == null) {
			return UNTIL_REFUSED;
		}
		Duration whole = ofClaims(token, received);
		// By the server's clock it has not ended, or its refusal tells.
		return limited((received.isBefore(end) && Duration.between(received, end).compareTo(whole) < 0)
				? Duration.between(received, end) : whole);
	}

	private static Duration limited(Duration life) {
		if (life.compareTo(UNTIL_REFUSED) > 0) {
			return UNTIL_REFUSED;
		}
		return (life.toSeconds() > 0) ? life : Duration.ofSeconds(1);
	}

	/**
	 * The server judges by its own clock, which both claims are of, so that the time
	 * between them counts from here.
	 */
	private static Duration ofClaims(String token, Instant received) {
		Instant end = JwtClaims.expiry(token);
		if (end == null) {
			return UNTIL_REFUSED;
		}
		Instant issued = JwtClaims.issued(token);
		boolean told = issued != null && issued.isBefore(end)
				&& Duration.between(issued, received).abs().compareTo(LARGEST_DIFFERENCE) < 0;
		return Duration.between(told ? issued : received, end);
	}

	/**
	 * Return the life of a token.
	 * @param token the token
	 * @return the time from its issue to its end
	 */
	public static Duration of(OAuth2AccessToken token) {
		Instant issued = token.getIssuedAt();
		Instant expires = token.getExpiresAt();
		return (issued != null && expires != null) ? Duration.between(issued, expires) : UNTIL_REFUSED;
	}

	/**
	 * Return whether a token is over.
	 * @param token the token
	 * @param now the time
	 * @return whether its end has come
	 */
	public static boolean isOver(OAuth2AccessToken token, Instant now) {
		Instant expires = token.getExpiresAt();
		return expires != null && !now.isBefore(expires);
	}

	/**
	 * Say in words how long a token lives.
	 * @param life its life
	 * @return the end of a sentence that begins with "it"
	 */
	public static String describe(Duration life) {
		return (life.compareTo(UNTIL_REFUSED) >= 0) ? "names no end and counts until it is refused"
				: "expires in " + life.toSeconds() + " s";
	}

}
