package io.flyteconnect.internal.configfile.ini;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.flyteconnect.internal.configfile.Excerpt;
import io.flyteconnect.internal.file.BoundedFile;

/**
 * Replaces references to other options in a value: {@code %(name)s}, and {@code %%} for a
 * percent sign ({@code configparser.BasicInterpolation}).
 */
final class IniInterpolation {

	private static final int MAX_DEPTH = 10;

	/**
	 * The most references that are replaced; no file that a person writes has more.
	 * References to references multiply.
	 */
	private static final int MAX_REFERENCES = 1000;

	private static final Pattern REFERENCE = Pattern.compile("%\\(([^()]+)\\)s");

	private final Map<String, IniDocument.Value> options;

	private int references;

	/**
	 * Create an interpolation.
	 * @param options the options of the section, those of {@code DEFAULT} included
	 */
	IniInterpolation(Map<String, IniDocument.Value> options) {
		this.options = options;
	}

	/**
	 * Find the options that the values refer to.
	 * @param values the values of a section
	 * @return the options that they refer to, in lower case
	 */
	static Set<String> references(Collection<IniDocument.Value> values) {
		return values.stream()
			.flatMap((value) -> REFERENCE.matcher(value.text()).results())
			.map((reference) -> reference.group(1).toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Replace the references in a value.
	 * @param text the value
	 * @return the value with every reference replaced
	 * @throws IllegalArgumentException if a percent sign starts no reference; the message
	 * holds no value
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
			else if (reference.region(percent, text.length()).lookingAt()) {
				if (++this.references > MAX_REFERENCES || result.length() > BoundedFile.LIMIT) {
					throw new IllegalArgumentException(
							"more than " + MAX_REFERENCES + " references, or 1 MiB of text, would be filled in");
				}
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
			throw new IllegalArgumentException("there is no option '" + Excerpt.of(name) + "' to fill in");
		}
		return value.text();
	}

}
