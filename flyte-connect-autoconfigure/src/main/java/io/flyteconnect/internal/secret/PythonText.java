package io.flyteconnect.internal.secret;

/**
 * Strips text as Python, and therefore flytekit, does. Python's white space includes
 * no-break spaces, that of {@link String#strip()} does not.
 */
public final class PythonText {

	private PythonText() {
	}

	/**
	 * Remove white space at both ends ({@code str.strip}).
	 * @param text the text
	 * @return the stripped text
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
	 * Convert every line break to a line feed, as Python does when it reads a text file.
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
