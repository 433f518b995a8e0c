package io.flyteconnect.internal.literal;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Formats values for errors: shortened to one line.
 */
public final class ValueText {

	private static final int LIMIT = 60;

	private ValueText() {
	}

	/**
	 * Describe a value by its type, with the value itself if it is short.
	 * @param value the value
	 * @return {@code the text "tomorrow"} for example
	 */
	public static String describe(@Nullable Object value) {
		if (value == null) {
			return "null";
		}
		if (value instanceof CharSequence || value instanceof Character) {
			return "the text \"" + cut(value.toString()) + "\"";
		}
		if (value instanceof Number || value instanceof Boolean) {
			return value.getClass().getSimpleName() + " " + cut(value.toString());
		}
		if (value instanceof Map<?, ?> map) {
			return "a map of " + map.size() + ((map.size() == 1) ? " entry" : " entries");
		}
		if (value instanceof Collection<?> list) {
			return "a list of " + list.size() + ((list.size() == 1) ? " element" : " elements");
		}
		return "a value of type " + value.getClass().getTypeName();
	}

	public static String cut(String text) {
		String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", " ");
		if (line.length() <= LIMIT) {
			return line;
		}
		// Does not cut a surrogate pair.
		boolean within = Character.isHighSurrogate(line.charAt(LIMIT - 1));
		return line.substring(0, within ? LIMIT - 1 : LIMIT) + "...";
	}

}
