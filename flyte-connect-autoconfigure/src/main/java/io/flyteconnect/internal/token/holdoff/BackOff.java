package io.flyteconnect.internal.token.holdoff;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to hold off after the n-th failure in a row: doubling, capped, and spread so
 * that many processes do not come back together.
 *
 * @param first the pause after the first failure
 * @param longest the longest pause
 */
public record BackOff(Duration first, Duration longest) {

	/**
	 * Somebody has to change something first. Short and growing, never a long latch: an
	 * early failure while a cluster starts must not keep a service out for minutes.
	 */
	public static final BackOff PERMANENT = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30));

	/**
	 * Nobody came: whoever was asked in vain is not asked again at each call.
	 */
	static final BackOff PERSON = new BackOff(Duration.ofMinutes(1), Duration.ofMinutes(10));

	/**
	 * The other side is down or busy: back soon after it is.
	 */
	static final BackOff TRANSIENT = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(1));

	/**
	 * The pause, at least half of the nominal one.
	 * @param failures the number of failures in a row, from 1
	 * @param random gives numbers from 0 to 1
	 * @return the pause
	 */
	public Duration pause(int failures, DoubleSupplier random) {
		int doublings = Math.min(failures - 1, 16);
		long nominal = Math.min(this.first.toMillis() << doublings, this.longest.toMillis());
		return Duration.ofMillis(nominal / 2 + (long) (random.getAsDouble() * nominal / 2));
	}

}
