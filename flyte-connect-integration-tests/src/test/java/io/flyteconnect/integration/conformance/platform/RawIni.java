package io.flyteconnect.integration.conformance.platform;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An INI file of a case, read as Python's {@code configparser} does. What that refuses is
 * passed over here: flytekit's answer says so.
 */
final class RawIni {

	private static final Pattern SECTION = Pattern.compile("\\[(.+)].*");

	private static final Pattern OPTION = Pattern.compile("([^=:]*?)\\s*[=:]\\s*(.*)");

	private static final Pattern PERCENT = Pattern.compile("%(?:%|\\(([^)]+)\\)s|)");

	private static final int MAX_DEPTH = 10;

	private final Map<String, Map<String, String>> sections = new HashMap<>(Map.of("DEFAULT", new HashMap<>()));

	static RawIni of(String text) {
		RawIni ini = new RawIni();
		Map<String, String> options = new HashMap<>();
		String option = null;
		int indent = 0;
		for (String line : text.split("\r\n|\r|\n", -1)) {
			String plain = line.strip();
			int column = line.indexOf(plain);
			if (plain.startsWith("#") || plain.startsWith(";")) {
				continue;
			}
			if (option != null && (plain.isEmpty() || column > indent)) {
				options.merge(option, plain, (first, second) -> first + "\n" + second);
				continue;
			}
			Matcher header = SECTION.matcher(plain);
			Matcher pair = OPTION.matcher(plain);
			if (header.matches()) {
				options = ini.sections.computeIfAbsent(header.group(1), (name) -> new HashMap<>());
				option = null;
			}
			else if (pair.matches()) {
				option = pair.group(1).toLowerCase(Locale.ROOT);
				options.put(option, pair.group(2));
			}
			indent = column;
		}
		return ini;
	}

	/** The value before interpolation, or {@code null}. */
	private @Nullable String written(String name) {
		int dot = name.indexOf('.');
		Map<String, String> section = this.sections.get(name.substring(0, dot));
		if (section == null) {
			return null;
		}
		String option = name.substring(dot + 1);
		String value = section.get(option);
		value = (value != null) ? value : this.sections.getOrDefault("DEFAULT", Map.of()).get(option);
		return (value != null) ? value.stripTrailing() : null;
	}

	/** Whether a percent sign in the value means nothing: to flytekit it is not set. */
	boolean isBroken(String name) {
		return written(name) != null && value(name) == null;
	}

	@Nullable String value(String name) {
		String written = written(name);
		return (written != null) ? interpolated(name.substring(0, name.indexOf('.') + 1), written, 1) : null;
	}

	private @Nullable String interpolated(String section, String text, int depth) {
		if (depth > MAX_DEPTH) {
			return null;
		}
		Matcher percent = PERCENT.matcher(text);
		StringBuilder result = new StringBuilder();
		while (percent.find()) {
			String filled = "%%".equals(percent.group()) ? "%" : null;
			if (percent.group(1) != null) {
				String other = written(section + percent.group(1).toLowerCase(Locale.ROOT));
				filled = (other != null) ? interpolated(section, other, depth + 1) : null;
			}
			if (filled == null) {
				return null;
			}
			percent.appendReplacement(result, Matcher.quoteReplacement(filled));
		}
		return percent.appendTail(result).toString();
	}

}
