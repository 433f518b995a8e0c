package io.flyteconnect.test.admin;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the text of a filter becomes a value.
 */
enum ValueType {

	/**
	 * Any text.
	 */
	TEXT {

		@Override
		Comparable<?> parse(String text) {
			return text;
		}

	},

	/**
	 * A whole number.
	 */
	NUMBER {

		@Override
		Comparable<?> parse(String text) {
			try {
				return Long.valueOf(text);
			}
			catch (NumberFormatException ex) {
				throw AdminErrors.invalidValue("filters");
			}
		}

	},

	/**
	 * A time as in RFC 3339.
	 */
	TIME {

		@Override
		Comparable<?> parse(String text) {
			try {
				return OffsetDateTime.parse(text).toInstant();
			}
			catch (DateTimeException ex) {
				throw AdminErrors.invalid("Timestamp " + text + " must conform to RFC3339 Nano spec");
			}
		}

	},

	/**
	 * A duration in seconds, or as Go writes it.
	 */
	DURATION {

		@Override
		Comparable<?> parse(String text) {
			String go = PLAIN.matcher(text).matches() ? text + "s" : text;
			Duration duration = Duration.ZERO;
			int end = 0;
			for (Matcher part = PART.matcher(go); part.region(end, go.length()).lookingAt(); end = part.end()) {
				long unit = UNITS.getOrDefault(part.group(2), 0L);
				duration = duration.plusNanos(Math.round(Double.parseDouble(part.group(1)) * unit));
			}
			if (end == 0 || end < go.length()) {
				throw AdminErrors.invalid("Failed to parse duration [" + go + "]");
			}
			return duration;
		}

	};

	private static final Pattern PLAIN = Pattern.compile("\\d++(\\.\\d++)?");

	private static final Pattern PART = Pattern.compile("(\\d++(?:\\.\\d++)?)(ns|us|ms|s|m|h)");

	private static final Map<String, Long> UNITS = Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L,
			"m", 60_000_000_000L, "h", 3_600_000_000_000L);

	abstract Comparable<?> parse(String text);

}
