package io.flyteconnect.oauth2.endpoint;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * How long a token is good for: what the server says, else what a JWT says of itself,
 * else until it is refused.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public final class TokenLife {

	/**
	 * The life of a token that names none: longer than any process, shorter than what
	 * date arithmetic overflows at.
	 */
	public static final Duration UNTIL_REFUSED = Duration.ofDays(3650);

	private TokenLife() {
	}

	/**
	 * Work out the life of a token that has just been received.
	 * @param expiresIn the {@code expires_in} of the answer (RFC 6749 section 5.1),
	 * {@code null} or nonsense counts as absent
	 * @param token the token
	 * @param received when it was received
	 * @return its life, at least a second
	 */
	public static Duration of(@Nullable Object expiresIn, String token, Instant received) {
		Duration published = seconds(expiresIn);
		if (published != null) {
			return published;
		}
		Instant end = JwtExpiry.of(token);
		if (end == null || end.isAfter(received.plus(UNTIL_REFUSED))) {
			return UNTIL_REFUSED;
		}
		return end.isAfter(received.plusSeconds(1)) ? Duration.between(received, end) : Duration.ofSeconds(1);
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

	private static @Nullable Duration seconds(@Nullable Object expiresIn) {
		if (!(expiresIn instanceof Number || expiresIn instanceof String)) {
			return null;
		}
		try {
			double seconds = Double.parseDouble(expiresIn.toString().strip());
			return (seconds >= 1) ? Duration.ofSeconds((long) Math.min(seconds, UNTIL_REFUSED.toSeconds())) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
