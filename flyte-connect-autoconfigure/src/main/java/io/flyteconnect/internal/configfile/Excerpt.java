package io.flyteconnect.internal.configfile;

/**
 * Prepares foreign text for a message: shortens it to a readable length and to one line.
 *
 * @since 0.1.0
 */
public final class Excerpt {

	private static final int LONGEST = 100;

	private Excerpt() {
	}

	/**
	 * Cut a text.
	 * @param text the text
	 * @return at most {@value #LONGEST} characters of it, followed by the total number if
	 * it is cut; control characters as question marks
	 */
	public static String of(String text) {
		if (text.length() <= LONGEST) {
			return printable(text);
		}
		int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
		return printable(text.substring(0, end)) + "... (" + text.length() + " characters)";
	}

	private static String printable(String text) {
		StringBuilder result = new StringBuilder(text.length());
		text.codePoints().forEach((ch) -> result.appendCodePoint(isPrintable(ch) ? ch : '?'));
		return result.toString();
	}

	// A direction mark would reverse the rest of the line.
	private static boolean isPrintable(int ch) {
		int type = Character.getType(ch);
		return type != Character.CONTROL && type != Character.FORMAT && type != Character.LINE_SEPARATOR
				&& type != Character.PARAGRAPH_SEPARATOR && type != Character.SURROGATE;
	}

}
