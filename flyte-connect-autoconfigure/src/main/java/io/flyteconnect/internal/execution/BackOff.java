package io.flyteconnect.internal.execution;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Computes pauses that double from the first to the longest.
 *
 * @param first the first pause
 * @param longest the longest pause
 * @since 0.1.0
 */
public record BackOff(Duration first, Duration longest) {

	/** The longest duration in nanoseconds that fits a long. */
	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

	/**
	 * The pauses between two polls of an execution: 1 second, growing to 10 seconds.
	 */
	public static final BackOff POLLING = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(10));

	private static final int MOST_DOUBLINGS = 16;

	/**
	 * Create a back-off.
	 * @throws IllegalArgumentException if the first pause is not positive or longer than
	 * the longest one, or the longest one exceeds 292 years
	 */
	public BackOff {
		Assert.isTrue(first.compareTo(Duration.ofMillis(1)) >= 0, "'first' must be one millisecond or more");
		Assert.isTrue(first.compareTo(longest) <= 0, "'longest' must not be shorter than 'first'");
		Assert.isTrue(longest.compareTo(LONGEST) <= 0, "'longest' must not be longer than 292 years");
	}

	/**
	 * Return a pause with a jitter of up to one fifth, so that clients that started
	 * together do not poll together.
	 * @param number the number of the pause, from 1
	 * @param random a number from 0 to 1
	 * @return the pause
	 */
	public Duration pause(int number, double random) {
		int doublings = Math.min(number - 1, MOST_DOUBLINGS);
		Duration nominal = this.first.multipliedBy(1L << doublings);
		long millis = ((nominal.compareTo(this.longest) < 0) ? nominal : this.longest).toMillis();
		return Duration.ofMillis(millis - (long) (random * millis / 5));
	}

}
