package io.flyteconnect.internal.token;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import io.flyteconnect.internal.listener.TokenListener.WaitEnd;

/**
 * How long a caller has been waiting for a token, and for whose.
 */
public final class TokenWait {

	private final TokenManager tokens;

	/** When it began, as {@link System#nanoTime()} has it. */
	private final long sinceNanos = System.nanoTime();

	private final AtomicBoolean ended = new AtomicBoolean();

	private TokenWait(TokenManager tokens) {
		this.tokens = tokens;
	}

	public static TokenWait begin(TokenManager tokens) {
		return new TokenWait(tokens);
	}

	/**
	 * The wait is over. Only the first end counts.
	 * @param end how it ended
	 */
	public void end(WaitEnd end) {
		if (this.ended.compareAndSet(false, true)) {
			this.tokens.listener().awaited(time(), end);
		}
	}

	/**
	 * It was over before it began.
	 */
	public void skip() {
		this.ended.set(true);
	}

	private Duration time() {
		return Duration.ofNanos(System.nanoTime() - this.sinceNanos);
	}

	static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
	}

	public String describe() {
		return "the deadline of the call ended after it had waited " + seconds(time()) + " for a token ("
				+ this.tokens.progress() + ")";
	}

}
