package io.flyteconnect.internal.config.text;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

import io.flyteconnect.internal.text.UnusableFieldException;

/**
 * Checks for single values of a section of settings.
 */
public final class SettingCheck {

	/**
	 * The longest duration in nanoseconds that fits a long, as used by the JDK and gRPC.
	 */
	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

	private SettingCheck() {
	}

	/**
	 * Require that a duration is positive.
	 * @param field the name of the record's component
	 * @param duration the duration
	 * @throws UnusableFieldException if it is zero, negative or longer than 292 years
	 */
	public static void positive(String field, Duration duration) {
		require(field, !duration.isZero() && !duration.isNegative(), "'" + duration + "' is not positive.");
		requireCountable(field, duration);
	}

	/**
	 * Require that a duration is one millisecond or longer.
	 * @param field the name of the record's component
	 * @param duration the duration
	 * @throws UnusableFieldException if it is shorter, or longer than 292 years
	 */
	public static void atLeastOneMillisecond(String field, Duration duration) {
		positive(field, duration);
		require(field, duration.compareTo(Duration.ofMillis(1)) >= 0, "'" + duration + "' is less than a millisecond.");
	}

	/**
	 * Require that a duration is not negative.
	 * @param field the name of the record's component
	 * @param duration the duration
	 * @throws UnusableFieldException if it is negative or longer than 292 years
	 */
	public static void notNegative(String field, Duration duration) {
		require(field, !duration.isNegative(), "'" + duration + "' is negative.");
		requireCountable(field, duration);
	}

	private static void requireCountable(String field, Duration duration) {
		require(field, duration.compareTo(LONGEST) <= 0, "'" + duration + "' is longer than 292 years.");
	}

	/**
	 * Require that a number of retries is not negative, and that the number of attempts
	 * fits an int.
	 * @param field the name of the record's component
	 * @param retries the number
	 * @throws UnusableFieldException if it is negative or too large
	 */
	public static void retries(String field, int retries) {
		require(field, retries >= 0, "'" + retries + "' is negative.");
		require(field, retries < Integer.MAX_VALUE, "'" + retries + "' is too large.");
	}

	/**
	 * Require that a size is positive and fits an int, as gRPC requires.
	 * @param field the name of the record's component
	 * @param size the size
	 * @throws UnusableFieldException if it is zero, negative or too large
	 */
	public static void size(String field, DataSize size) {
		require(field, size.toBytes() > 0 && size.toBytes() <= Integer.MAX_VALUE,
				"'" + size + "' is not between one byte and two gigabytes.");
	}

	private static void require(String field, boolean usable, String reason) {
		if (!usable) {
			throw new UnusableFieldException(field, reason, field + ": " + reason);
		}
	}

}
