package io.flyteconnect.internal.configfile;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * Escapes text that an environment would otherwise resolve as a placeholder.
 *
 * @since 0.1.0
 */
public final class PlaceholderText {

	private static final String PLACEHOLDER = "${";

	private static final int NO_PLACEHOLDER = -1;

	private PlaceholderText() {
	}

	/**
	 * Escape each placeholder in a text. A prefix without a closing brace is not a
	 * placeholder and is not escaped, since Spring would not remove the backslash.
	 * @param text the text
	 * @return the text that an environment resolves to the original text
	 */
	public static String escape(String text) {
		Deque<Integer> open = new ArrayDeque<>();
		BitSet placeholders = new BitSet();
		for (int i = 0; i < text.length(); i++) {
			if (text.startsWith(PLACEHOLDER, i)) {
				open.push(i++);
			}
			else if (text.charAt(i) == '{' && !open.isEmpty()) {
				open.push(NO_PLACEHOLDER);
			}
			else if (text.charAt(i) == '}' && !open.isEmpty()) {
				int start = open.pop();
				if (start != NO_PLACEHOLDER) {
					placeholders.set(start);
				}
			}
		}
		StringBuilder escaped = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			escaped.append(placeholders.get(i) ? "\\" : "").append(text.charAt(i));
		}
		return escaped.toString();
	}

}
