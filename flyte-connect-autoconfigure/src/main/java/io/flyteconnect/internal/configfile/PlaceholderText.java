package io.flyteconnect.internal.configfile;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * Keeps an environment from taking a part of a text for a placeholder.
 *
 * @since 0.1.0
 */
public final class PlaceholderText {

	private static final String PLACEHOLDER = "${";

	private static final int NO_PLACEHOLDER = -1;

	private PlaceholderText() {
	}

	/**
	 * Escape what looks like a placeholder. What no brace closes is none: Spring would
	 * leave the backslash there.
	 * @param text the text
	 * @return what an environment makes the text of
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
