package io.flyteconnect.internal.config.text;

/**
 * Cleans the text of a secret from a file or a variable.
 */
public final class SecretText {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private SecretText() {
	}

	/**
	 * Remove what editors and shells add: line breaks at the end and a byte order mark at
	 * the start. Other white space is kept, since it may be part of the secret.
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
