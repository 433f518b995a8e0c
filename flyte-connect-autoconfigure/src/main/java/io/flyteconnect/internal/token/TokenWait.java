package io.flyteconnect.internal.token;

import java.time.Duration;
import java.util.Locale;

/**
 * How long a call has been waiting for a token, and for whose.
 *
 * @param tokens gives the token
 * @param sinceNanos when it began, as {@link System#nanoTime()} has it
 */
public record TokenWait(TokenManager tokens, long sinceNanos) {

	public static TokenWait begin(TokenManager tokens) {
		return new TokenWait(tokens, System.nanoTime());
	}

	static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
	}

	public String describe() {
		return "the deadline of the call ended after it had waited "
				+ seconds(Duration.ofNanos(System.nanoTime() - this.sinceNanos)) + " for a token ("
				+ this.tokens.progress() + ")";
	}

}
