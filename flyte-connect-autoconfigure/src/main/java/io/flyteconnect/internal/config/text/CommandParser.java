package io.flyteconnect.internal.config.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command that is written as one text.
 */
public final class CommandParser {

	private CommandParser() {
	}

	/**
	 * Split a command: at commas if it has commas and no blanks, as flytekit does;
	 * otherwise as a shell does (POSIX.1-2024, 2.2 Quoting), without expanding anything.
	 * @param text the text
	 * @return program and arguments
	 * @throws IllegalArgumentException if a quote is not closed
	 */
	public static List<String> parse(String text) {
		if (text.indexOf(',') >= 0 && text.strip().chars().noneMatch(Character::isWhitespace)) {
			return List.of(text.split(",")).stream().map(String::strip).filter((word) -> !word.isEmpty()).toList();
		}
		return words(text);
	}

	private static List<String> words(String text) {
		List<String> words = new ArrayList<>();
		StringBuilder word = new StringBuilder();
		boolean started = false;
		char quote = 0;
		for (int i = 0; i < text.length(); i++) {
			char ch = text.charAt(i);
			boolean last = (i + 1 == text.length());
			if (quote == '\'' && ch != '\'' || quote == '"' && ch != '"' && ch != '\\') {
				word.append(ch);
			}
			else if (quote != 0 && ch == quote) {
				quote = 0;
			}
			else if (ch == '\\' && !last && text.charAt(i + 1) == '\n') {
				// A line continuation does not start a new word (2.2.1).
				i++;
			}
			else if (ch == '\\' && !last && (quote == 0 || "\"\\$`".indexOf(text.charAt(i + 1)) >= 0)) {
				word.append(text.charAt(++i));
				started = true;
			}
			else if (quote == 0 && (ch == '\'' || ch == '"')) {
				quote = ch;
				started = true;
			}
			else if (quote == 0 && Character.isWhitespace(ch)) {
				if (started) {
					words.add(word.toString());
					word.setLength(0);
				}
				started = false;
			}
			else {
				word.append(ch);
				started = true;
			}
		}
		if (quote != 0) {
			throw new IllegalArgumentException("a quote (" + quote + ") is not closed");
		}
		if (started) {
			words.add(word.toString());
		}
		return List.copyOf(words);
	}

}
