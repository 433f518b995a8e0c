package io.flyteconnect.internal.config.text;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Masks texts that may contain a secret, so that they can be shown.
 */
public final class Masked {

	static final String MASK = "******";

	private Masked() {
	}

	/**
	 * Hide a text.
	 * @param text the text
	 * @return a mask, or {@code null} if there is no text
	 */
	public static @Nullable String text(@Nullable String text) {
		return (text != null && !text.isEmpty()) ? MASK : text;
	}

	/**
	 * Hide user and password of a URL, even if the URL cannot be parsed.
	 * @param url the URL
	 * @return the URL without the part before the last {@code @}
	 */
	public static @Nullable String url(@Nullable String url) {
		if (url == null) {
			return null;
		}
		int at = url.lastIndexOf('@');
		if (at < 0) {
			return url;
		}
		int scheme = url.indexOf("://");
		return ((scheme >= 0 && scheme < at) ? url.substring(0, scheme + 3) : "") + MASK + url.substring(at);
	}

	/**
	 * Hide the arguments of a command, which may contain secrets. A single text may
	 * include the arguments.
	 * @param command the command
	 * @return the program, and a mask if it has arguments
	 */
	public static String command(List<String> command) {
		if (command.isEmpty()) {
			return "[]";
		}
		String first = command.get(0).strip();
		String program = first.split("[\\s,]", 2)[0];
		boolean arguments = command.size() > 1 || program.length() < first.length();
		return "[" + program + (arguments ? ", " + MASK : "") + "]";
	}

}
