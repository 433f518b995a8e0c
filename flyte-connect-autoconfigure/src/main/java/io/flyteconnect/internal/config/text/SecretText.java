package io.flyteconnect.internal.config.text;

/**
 * The text of a secret as it comes out of a file or a variable.
 */
public final class SecretText {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private SecretText() {
	}

	/**
	 * Drop what editors and shells add: line breaks at the end, a byte order mark at the
	 * start. Blanks may belong to the secret and stay.
	 * @param text the text
	 * @return the secret
	 */
	public static String trimmed(String text) {
		int start = (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) ? 1 : 0;
		int end = text.length();
		while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
			end--;
		}
		return text.substring(start, end);
	}

}
