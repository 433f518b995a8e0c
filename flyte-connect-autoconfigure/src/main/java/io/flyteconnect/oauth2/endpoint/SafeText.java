package io.flyteconnect.oauth2.endpoint;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Makes text that came over the network fit for an exception or a log line: one line,
 * capped, and without the secret should the other side have sent it back.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public final class SafeText {

	private static final int LIMIT = 300;

	private SafeText() {
	}

	/**
	 * Make a text fit to be shown.
	 * @param text the text
	 * @return one line of at most 303 characters, empty for {@code null}
	 */
	public static String of(@Nullable String text) {
		if (text == null) {
			return "";
		}
		String capped = (text.length() > LIMIT) ? text.substring(0, LIMIT) + "..." : text;
		return capped.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
	}

	/**
	 * The end of a text, where programs say what was the matter.
	 * @param text the text
	 * @return one line of at most 303 characters
	 */
	public static String tail(String text) {
		String stripped = text.strip();
		return of((stripped.length() > LIMIT) ? "..." + stripped.substring(stripped.length() - LIMIT + 3) : stripped);
	}

	/**
	 * Make a text fit to be shown that may hold a secret.
	 * @param text the text
	 * @param secret the secret, or {@code null}
	 * @return one line of at most 303 characters without the secret
	 */
	public static String of(@Nullable String text, @Nullable String secret) {
		if (text != null && StringUtils.hasLength(secret)) {
			text = text.replace(secret, "******");
		}
		return of(text);
	}

}
