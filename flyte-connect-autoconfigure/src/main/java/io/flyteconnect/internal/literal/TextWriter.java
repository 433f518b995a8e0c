package io.flyteconnect.internal.literal;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;

import flyteidl.core.Types.LiteralType;

/**
 * Writes strings and booleans.
 */
final class TextWriter {

	/** The spellings that Go accepts ({@code strconv.ParseBool}). */
	private static final Set<String> TRUE = Set.of("true", "True", "TRUE", "t", "T", "1");

	private static final Set<String> FALSE = Set.of("false", "False", "FALSE", "f", "F", "0");

	private TextWriter() {
	}

	static String text(Object value, LiteralType type, boolean strict) {
		boolean natural = value instanceof CharSequence || value instanceof Character;
		boolean readable = value instanceof UUID || value instanceof URI || value instanceof URL
				|| value instanceof Path;
		if (!natural && (strict || !(readable || value instanceof Enum))) {
			throw LiteralWriter.mismatch(type, value,
					(value instanceof Number || value instanceof Boolean) ? "give it as text" : "");
		}
		String text = (value instanceof Enum<?> constant) ? constant.name() : value.toString();
		return LiteralWriter.checked(text);
	}

	static boolean bool(Object value, LiteralType type, boolean strict) {
		if (value instanceof Boolean bool) {
			return bool;
		}
		String text = (!strict && value instanceof CharSequence) ? value.toString().strip() : "";
		if (!TRUE.contains(text) && !FALSE.contains(text)) {
			throw LiteralWriter.mismatch(type, value, "true or false");
		}
		return TRUE.contains(text);
	}

}
