package io.flyteconnect.configfile;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills options into the value of another: {@code %(name)s}, and {@code %%} for a percent
 * sign ({@code configparser.BasicInterpolation}).
 *
 * @author Flyte Connect
 */
final class IniInterpolation {

	private static final int MAX_DEPTH = 10;

	private static final Pattern REFERENCE = Pattern.compile("%\\(([^)]+)\\)s");

	private final Map<String, IniDocument.Value> options;

	/**
	 * Create an interpolation.
	 * @param options the options of the section, those of {@code DEFAULT} included
	 */
	IniInterpolation(Map<String, IniDocument.Value> options) {
		this.options = options;
	}

	/**
	 * Fill in.
	 * @param text the value
	 * @return the value with every reference replaced
	 * @throws IllegalArgumentException if a percent sign means nothing; the message holds
	 * no value
	 */
	String resolve(String text) {
		StringBuilder result = new StringBuilder();
		resolve(text, result, 1);
		return result.toString();
	}

	private void resolve(String text, StringBuilder result, int depth) {
		if (depth > MAX_DEPTH) {
			throw new IllegalArgumentException("references go deeper than " + MAX_DEPTH + " levels");
		}
		Matcher reference = REFERENCE.matcher(text);
		int position = 0;
		for (int percent = text.indexOf('%'); percent >= 0; percent = text.indexOf('%', position)) {
			result.append(text, position, percent);
			if (text.startsWith("%%", percent)) {
				result.append('%');
				position = percent + 2;
			}
			else if (reference.find(percent) && reference.start() == percent) {
				resolve(option(reference.group(1)), result, depth + 1);
				position = reference.end();
			}
			else {
				throw new IllegalArgumentException("a percent sign is followed by neither '%' nor '(option)s'");
			}
		}
		result.append(text.substring(position));
	}

	private String option(String name) {
		IniDocument.Value value = this.options.get(name.toLowerCase(Locale.ROOT));
		if (value == null) {
			throw new IllegalArgumentException("there is no option '" + name + "' to fill in");
		}
		return value.text();
	}

}
