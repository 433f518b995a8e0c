package io.flyteconnect.configfile;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps an environment from taking a part of a text for a placeholder.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public final class PlaceholderText {

	private static final String PLACEHOLDER = "${";

	private static final Integer NO_PLACEHOLDER = -1;

	private PlaceholderText() {
	}

	/**
	 * Escape what looks like a placeholder. What no brace closes is none: Spring would
	 * leave the backslash there.
	 * @param text the text
	 * @return what an environment makes the text of
	 */
	public static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text);
		Deque<Integer> open = new ArrayDeque<>();
		Set<Integer> placeholders = new TreeSet<>(Comparator.reverseOrder());
		for (int i = 0; i < text.length(); i++) {
			if (text.startsWith(PLACEHOLDER, i)) {
				open.push(i++);
			}
			else if (text.charAt(i) == '{' && !open.isEmpty()) {
				open.push(NO_PLACEHOLDER);
			}
			else if (text.charAt(i) == '}' && !open.isEmpty()) {
				placeholders.add(open.pop());
			}
		}
		placeholders.remove(NO_PLACEHOLDER);
		for (int position : placeholders) {
			escaped.insert(position, '\\');
		}
		return escaped.toString();
	}

}
