package io.flyteconnect.internal.secret;

/**
 * What Python, and so flytekit, takes off a text. Python's white space is more than that
 * of {@link String#strip()}: no-break spaces belong to it.
 */
public final class PythonText {

	private PythonText() {
	}

	/**
	 * Take the white space off both ends ({@code str.strip}).
	 * @param text the text
	 * @return what is left
	 */
	public static String strip(CharSequence text) {
		int start = 0;
		int end = text.length();
		while (start < end && isSpace(text.charAt(start))) {
			start++;
		}
		while (end > start && isSpace(text.charAt(end - 1))) {
			end--;
		}
		return text.subSequence(start, end).toString();
	}

	/**
	 * Make every line break a line feed, as reading a text file does.
	 * @param text the text
	 * @return the text with line feeds only
	 */
	public static String universalNewlines(String text) {
		return (text.indexOf('\r') < 0) ? text : text.replace("\r\n", "\n").replace('\r', '\n');
	}

	private static boolean isSpace(char character) {
		return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\u0085';
	}

}
