package io.flyteconnect.internal.configfile;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Parses durations in Go's format: {@code 2m30s} ({@code time.ParseDuration}). Reads the
 * text once from left to right, so that the time grows linearly with its length.
 */
public final class GoDuration {

	/**
	 * The number of decimal places that matter; further digits are less than a
	 * nanosecond.
	 */
	private static final int MAX_DECIMALS = 18;

	private final String text;

	private int position;

	private GoDuration(String text) {
		this.text = text;
	}

	/**
	 * Read a duration.
	 * @param text the text
	 * @return the duration
	 * @throws IllegalArgumentException if the text is not a duration
	 */
	public static Duration parse(String text) {
		boolean sign = text.startsWith("-") || text.startsWith("+");
		String amount = sign ? text.substring(1) : text;
		try {
			Duration duration = amount.equals("0") ? Duration.ZERO : new GoDuration(amount).parts();
			return text.startsWith("-") ? duration.negated() : duration;
		}
		catch (ArithmeticException ex) {
			throw new IllegalArgumentException("'" + Excerpt.of(text) + "' is longer than any duration of Go", ex);
		}
	}

	private Duration parts() {
		long nanos = 0;
		do {
			nanos = Math.addExact(nanos, part());
		}
		while (this.position < this.text.length());
		return Duration.ofNanos(nanos);
	}

	private long part() {
		int start = this.position;
		long whole = 0;
		for (; isDigit(); this.position++) {
			whole = Math.addExact(Math.multiplyExact(whole, 10L), digit());
		}
		int digits = this.position - start;
		long fraction = 0;
		int decimals = 0;
		if (peek() == '.') {
			this.position++;
			for (; isDigit(); this.position++, digits++) {
				if (decimals < MAX_DECIMALS) {
					fraction = fraction * 10 + digit();
					decimals++;
				}
			}
		}
		long unit = (digits > 0) ? unit() : 0;
		if (unit == 0) {
			throw new IllegalArgumentException("'" + Excerpt.of(this.text) + "' is no duration");
		}
		return Math.addExact(Math.multiplyExact(whole, unit),
				BigDecimal.valueOf(fraction, decimals).multiply(BigDecimal.valueOf(unit)).longValue());
	}

	private long unit() {
		int start = this.position;
		while (this.position < this.text.length() && peek() != '.' && !isDigit()) {
			this.position++;
		}
		return switch (this.text.substring(start, this.position)) {
			case "ns" -> 1L;
			case "us", "\u00b5s", "\u03bcs" -> 1_000L;
			case "ms" -> 1_000_000L;
			case "s" -> 1_000_000_000L;
			case "m" -> 60_000_000_000L;
			case "h" -> 3_600_000_000_000L;
			default -> 0L;
		};
	}

	private char peek() {
		return (this.position < this.text.length()) ? this.text.charAt(this.position) : 0;
	}

	private boolean isDigit() {
		return peek() >= '0' && peek() <= '9';
	}

	private int digit() {
		return peek() - '0';
	}

}
