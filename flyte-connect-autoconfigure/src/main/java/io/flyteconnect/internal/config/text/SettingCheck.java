package io.flyteconnect.internal.config.text;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

import io.flyteconnect.internal.text.UnusableFieldException;

/**
 * Checks that a section of settings makes of its own values, one by one.
 */
public final class SettingCheck {

	/** What a long holds of nanoseconds, in which the JDK and gRPC count. */
	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

	private SettingCheck() {
	}

	/**
	 * Make sure that a duration is longer than nothing.
	 * @param field the name of the record's component
	 * @param duration the duration
	 * @throws UnusableFieldException if it is zero, negative or too long to be counted
	 */
	public static void positive(String field, Duration duration) {
		that(field, !duration.isZero() && !duration.isNegative(), "'" + duration + "' is not positive.");
		countable(field, duration);
	}

	/**
	 * Make sure that a duration is a millisecond or longer.
	 * @param field the name of the record's component
	 * @param duration the duration
	 * @throws UnusableFieldException if it is shorter or too long to be counted
	 */
	public static void aMillisecond(String field, Duration duration) {
		positive(field, duration);
		that(field, duration.compareTo(Duration.ofMillis(1)) >= 0, "'" + duration + "' is less than a millisecond.");
	}

	/**
	 * Make sure that a duration is not negative.
	 * @param field the name of the record's component
	 * @param duration the duration
	 * @throws UnusableFieldException if it is negative or too long to be counted
	 */
	public static void notNegative(String field, Duration duration) {
		that(field, !duration.isNegative(), "'" + duration + "' is negative.");
		countable(field, duration);
	}

	private static void countable(String field, Duration duration) {
		that(field, duration.compareTo(LONGEST) <= 0, "'" + duration + "' is longer than 292 years.");
	}

	/**
	 * Make sure that a number of repetitions is one that can be counted with the first
	 * attempt.
	 * @param field the name of the record's component
	 * @param retries the number
	 * @throws UnusableFieldException if it is negative or too large
	 */
	public static void retries(String field, int retries) {
		that(field, retries >= 0, "'" + retries + "' is negative.");
		that(field, retries < Integer.MAX_VALUE, "'" + retries + "' is too large.");
	}

	/**
	 * Make sure that a size is one that gRPC can count.
	 * @param field the name of the record's component
	 * @param size the size
	 * @throws UnusableFieldException if it is zero, negative or too large
	 */
	public static void size(String field, DataSize size) {
		that(field, size.toBytes() > 0 && size.toBytes() <= Integer.MAX_VALUE,
				"'" + size + "' is not between one byte and two gigabytes.");
	}

	private static void that(String field, boolean usable, String reason) {
		if (!usable) {
			throw new UnusableFieldException(field, reason, field + ": " + reason);
		}
	}

}
