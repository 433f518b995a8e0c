package io.flyteconnect.internal.literal;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses points in time and durations: RFC 3339 and Go's {@code 1h30m}, as flytectl
 * accepts them ({@code flyteidl/clients/go/coreutils/literals.go}), and ISO 8601.
 */
final class TimeText {

	private static final int LONGEST = 100;

	private static final DateTimeFormatter DATETIME = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.append(DateTimeFormatter.ISO_LOCAL_DATE)
		.optionalStart()
		.appendPattern("['T'][' ']")
		.append(DateTimeFormatter.ISO_LOCAL_TIME)
		.optionalStart()
		.appendOffset("+HH:MM", "Z")
		.toFormatter(Locale.ROOT)
		.withResolverStyle(ResolverStyle.STRICT);

	private static final Map<String, BigDecimal> UNITS = Map.of("ns", new BigDecimal("1e-9"), "us",
			new BigDecimal("1e-6"), "\u00b5s", new BigDecimal("1e-6"), "\u03bcs", new BigDecimal("1e-6"), "ms",
			new BigDecimal("1e-3"), "s", BigDecimal.ONE, "m", BigDecimal.valueOf(60), "h", BigDecimal.valueOf(3600));

	private static final Pattern PART = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");

	private TimeText() {
	}

	/**
	 * Parse a point in time. It is in UTC if it has no offset.
	 * @param text the text
	 * @return the time
	 * @throws DateTimeException if the text is invalid
	 */
	static Instant datetime(String text) {
		TemporalAccessor time = DATETIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
		if (time instanceof OffsetDateTime exact) {
			return exact.toInstant();
		}
		LocalDateTime local = (time instanceof LocalDateTime dateTime) ? dateTime : ((LocalDate) time).atStartOfDay();
		return local.toInstant(ZoneOffset.UTC);
	}

	/**
	 * Parse a duration.
	 * @param text the text
	 * @return the duration
	 * @throws DateTimeException if the text is invalid
	 */
	static Duration duration(String text) {
		if (text.length() > LONGEST) {
			throw new DateTimeException("A duration has at most " + LONGEST + " characters");
		}
		if (text.matches("[+-]?[Pp].*")) {
			return Duration.parse(text);
		}
		String parts = text.replaceFirst("^[+-]", "");
		Duration sum = Duration.ZERO;
		int end = parts.equals("0") ? 1 : 0;
		Matcher part = PART.matcher(parts);
		while (part.find() && part.start() == end) {
			sum = sum.plus(part(part));
			end = part.end();
		}
		if (end == 0 || end < parts.length()) {
			throw new DateTimeException("'" + text + "' is no duration");
		}
		return text.startsWith("-") ? sum.negated() : sum;
	}

	private static Duration part(Matcher part) {
		BigDecimal unit = UNITS.getOrDefault(part.group(2), BigDecimal.ONE);
		BigDecimal seconds = new BigDecimal("0" + part.group(1)).multiply(unit);
		try {
			return Duration.ofSeconds(seconds.toBigInteger().longValueExact(),
					seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
		}
		catch (ArithmeticException ex) {
			throw new DateTimeException("The duration is too long", ex);
		}
	}

}
