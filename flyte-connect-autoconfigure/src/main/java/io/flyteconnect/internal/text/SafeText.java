package io.flyteconnect.internal.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes text from the network safe for an exception or a log line: reduces it to one line
 * of limited length, and removes a secret that the other side has sent back.
 *
 * @since 0.1.0
 */
public final class SafeText {

	private static final int LIMIT = 300;

	private static final int MESSAGE_LIMIT = 2000;

	private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+");

	private static final String MASK = "******";

	private SafeText() {
	}

	/**
	 * Make a text safe to show.
	 * @param text the text
	 * @return one line of at most 303 characters, empty for {@code null}
	 */
	public static String of(@Nullable String text) {
		return (text != null) ? clean(text, LIMIT) : "";
	}

	private static String clean(String text, int limit) {
		String capped = (text.length() > limit) ? text.substring(0, limit) + "..." : text;
		return UNSAFE.matcher(capped).replaceAll(" ").strip();
	}

	/**
	 * Make a message that consists of several parts safe to show.
	 * @param message the message
	 * @return one line of at most 2003 characters, empty for {@code null}
	 */
	public static String message(@Nullable String message) {
		return (message != null) ? clean(message, MESSAGE_LIMIT) : "";
	}

	/**
	 * Return whether a text can be shown as it is.
	 * @param text the text
	 * @return whether it has no line break and no other control character
	 */
	public static boolean isClean(String text) {
		return !UNSAFE.matcher(text).find();
	}

	/**
	 * Return the end of a text, where programs report their error.
	 * @param text the text
	 * @return one line of at most 303 characters
	 */
	public static String tail(String text) {
		String stripped = text.strip();
		return of((stripped.length() > LIMIT) ? "..." + stripped.substring(stripped.length() - LIMIT + 3) : stripped);
	}

	/**
	 * Make a text that may contain secrets safe to show.
	 * @param text the text
	 * @param secrets the secrets
	 * @return one line of at most 303 characters without the secrets, in plain or
	 * form-encoded
	 */
	public static String of(@Nullable String text, Collection<String> secrets) {
		String masked = text;
		// One may be a part of another, whose rest would be left.
		List<String> longestFirst = secrets.stream()
			.sorted(Comparator.comparingInt(String::length).reversed())
			.toList();
		for (String secret : longestFirst) {
			if (masked != null && !secret.isEmpty()) {
				masked = masked.replace(secret, MASK)
					.replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), MASK)
					.replace(percentEncoded(secret), MASK);
			}
		}
		return of(masked);
	}

	// The encoding of the header of a token request (BasicCredentials).
	private static String percentEncoded(String secret) {
		return URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
	}

	/**
	 * Return whether a text can be sent in a header: a token has nothing but printable
	 * characters of ASCII (RFC 6750 section 2.1 allows even fewer).
	 * @param text the text
	 * @return whether it can
	 */
	public static boolean isHeaderValue(@Nullable String text) {
		return text != null && text.matches("[\\x21-\\x7e]+");
	}

}
