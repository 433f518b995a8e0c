package io.flyteconnect.internal.token;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Reads a number of seconds in the answer of an authorization server, such as
 * {@code expires_in} (RFC 6749 section 5.1): a JSON number, or the same as a text.
 *
 * @since 0.1.0
 */
public final class Seconds {

	private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

	/** Far beyond every number that is let through, and quickly read. */
	private static final int LONGEST_TEXT = 64;

	private Seconds() {
	}

	/**
	 * Read a number of seconds.
	 * @param value what the JSON holds
	 * @return the duration, which is positive
	 * @throws NumberFormatException if the value is no number, is zero or negative, or
	 * does not fit in a {@code long}
	 */
	public static Duration of(Object value) {
		String text = (value instanceof Number || value instanceof String) ? value.toString().strip() : "";
		if (text.length() > LONGEST_TEXT) {
			throw new NumberFormatException("Too long");
		}
		BigDecimal number = new BigDecimal(text);
		double seconds = number.doubleValue();
		if (seconds <= 0 || number.compareTo(MOST) > 0) {
			throw new NumberFormatException("Out of range");
		}
		Duration duration = Duration.ofSeconds((long) seconds).plusNanos((long) (seconds % 1 * 1e9));
		return duration.isZero() ? Duration.ofNanos(1) : duration;
	}

}
