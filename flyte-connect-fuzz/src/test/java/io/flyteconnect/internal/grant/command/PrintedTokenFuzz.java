package io.flyteconnect.internal.grant.command;

import java.time.Duration;
import java.time.Instant;

import io.flyteconnect.fuzz.Attempt;
import io.flyteconnect.fuzz.Input;
import io.flyteconnect.internal.token.AccessToken;

/**
 * What commands print.
 */
public final class PrintedTokenFuzz {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private PrintedTokenFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		String text = input.text();
		read(text, text);
		read(text, text + Attempt.SECRET);
		// Names of fields are shown.
		read(text, text.replace(":\"\"", ":\"" + Attempt.SECRET + "\""));
	}

	private static void read(String input, String printed) {
		Attempt attempt = Attempt.on(input);
		PrintedToken token = attempt.read(() -> PrintedToken.of(printed, NOW), IllegalArgumentException.class);
		if (token != null) {
			Attempt.require(PrintedToken.isToken(token.value()), "No token: " + token.value());
			Attempt.require(printed.contains(token.value()) || printed.contains("\\"), "Not printed: " + token.value());
			attempt.hides(token.toString());
			Duration life = token.life(NOW, Duration.ofHours(1));
			Attempt.require(life.toSeconds() > 0, "It lives " + life);
			AccessToken used = AccessToken.of(token.value(), null, AccessToken.AUTHORIZATION, NOW, life, Duration.ZERO,
					0.5);
			Attempt.require(used.isUsable(NOW.toEpochMilli()), "It is over at once");
		}
	}

}
