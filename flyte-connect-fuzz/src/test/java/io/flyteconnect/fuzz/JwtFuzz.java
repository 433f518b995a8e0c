package io.flyteconnect.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.JwtClaims;
import io.flyteconnect.internal.token.TokenLife;

/**
 * Tokens that may be JWTs, or only look like them. None is refused: a token is the
 * server's business.
 */
public final class JwtFuzz {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private JwtFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
		String token = input.is(0) ? "e30." + base64.encodeToString(input.bytes()) + ".x" : input.text();
		JwtClaims.of(token);
		for (Duration life : new Duration[] { TokenLife.of(null, token, NOW), TokenLife.ofKept(token, NOW) }) {
			Attempt.require(life.toSeconds() > 0 && life.compareTo(TokenLife.UNTIL_REFUSED) <= 0, "It lives " + life);
			TokenLife.describe(life);
			if (SafeText.isHeaderValue(token)) {
				AccessToken used = AccessToken.of(token, null, AccessToken.AUTHORIZATION, NOW, life, Duration.ZERO, 1);
				Attempt.require(used.isUsable(NOW.toEpochMilli()), "It is over at once");
			}
		}
	}

}
