package io.flyteconnect.internal.execution;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Pauses that double from the first to the longest.
 *
 * @param first the first pause
 * @param longest the longest pause
 * @since 0.1.0
 */
public record BackOff(Duration first, Duration longest) {

	/** What a long holds of nanoseconds. */
	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

	/**
	 * Between two looks at an execution: 1 second, growing to 10 seconds.
	 */
	public static final BackOff POLLING = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(10));

	private static final int MOST_DOUBLINGS = 16;

	/**
	 * Create pauses.
	 * @throws IllegalArgumentException if the first is not positive, or longer than the
	 * longest, or that is too long to be counted
	 */
	public BackOff {
		Assert.isTrue(first.compareTo(Duration.ofMillis(1)) >= 0, "'first' must be one millisecond or more");
		Assert.isTrue(first.compareTo(longest) <= 0, "'longest' must not be shorter than 'first'");
		Assert.isTrue(longest.compareTo(LONGEST) <= 0, "'longest' must not be longer than 292 years");
	}

	/**
	 * Return a pause, a fifth shorter at most than the nominal one, so that many who
	 * began together do not stay together.
	 * @param number the number of the pause, from 1
	 * @param random a number from 0 to 1
	 */
	Duration pause(int number, double random) {
		int doublings = Math.min(number - 1, MOST_DOUBLINGS);
		Duration nominal = this.first.multipliedBy(1L << doublings);
		long millis = ((nominal.compareTo(this.longest) < 0) ? nominal : this.longest).toMillis();
		return Duration.ofMillis(millis - (long) (random * millis / 5));
	}

}
