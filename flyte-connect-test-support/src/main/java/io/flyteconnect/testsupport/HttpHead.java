package io.flyteconnect.testsupport;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the head of an HTTP request by hand, for servers that a test makes of sockets.
 */
public final class HttpHead {

	private static final String END = "\r\n\r\n";

	private HttpHead() {
	}

	/**
	 * Read a request line and its headers, and nothing of what follows.
	 * @param in where it comes from
	 * @return the text with the empty line at its end, or what came until the other side
	 * went away
	 * @throws IOException if it cannot be read
	 */
	public static String read(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		int character;
		while (!isWhole(head) && (character = in.read()) >= 0) {
			head.append((char) character);
		}
		return head.toString();
	}

	private static boolean isWhole(CharSequence head) {
		int start = head.length() - END.length();
		return start >= 0 && END.contentEquals(head.subSequence(start, head.length()));
	}

}
