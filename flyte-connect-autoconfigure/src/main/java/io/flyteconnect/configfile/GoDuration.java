package io.flyteconnect.configfile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them: {@code 2m30s} ({@code time.ParseDuration}).
 *
 * @author Flyte Connect
 */
final class GoDuration {

	private static final Map<String, Long> NANOS = Map.of("ns", 1L, "us", 1_000L, "\u00b5s", 1_000L, "\u03bcs", 1_000L,
			"ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

	private static final String PART = "(\\d+\\.?\\d*|\\.\\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)";

	private static final Pattern ONE = Pattern.compile(PART);

	private static final Pattern WHOLE = Pattern.compile("([+-]?)((?:" + PART + ")+|0)");

	private GoDuration() {
	}

	/**
	 * Read a duration.
	 * @param text the text
	 * @return the duration
	 * @throws IllegalArgumentException if it is none
	 */
	static Duration parse(String text) {
		Matcher whole = WHOLE.matcher(text);
		if (!whole.matches()) {
			throw new IllegalArgumentException("'" + text + "' is no duration");
		}
		BigDecimal nanos = BigDecimal.ZERO;
		Matcher part = ONE.matcher(whole.group(2));
		while (part.find()) {
			long unit = NANOS.getOrDefault(part.group(2), 0L);
			nanos = nanos.add(new BigDecimal("0" + part.group(1)).multiply(BigDecimal.valueOf(unit)));
		}
		try {
			Duration duration = Duration.ofNanos(nanos.toBigInteger().longValueExact());
			return whole.group(1).equals("-") ? duration.negated() : duration;
		}
		catch (ArithmeticException ex) {
			throw new IllegalArgumentException("'" + text + "' is longer than any duration of Go", ex);
		}
	}

}
