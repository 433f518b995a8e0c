package io.flyteconnect.oauth2;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Makes text that came over the network fit for an exception or a log line: one line,
 * capped, and without the secret should the other side have sent it back.
 */
final class SafeText {

	private static final int LIMIT = 300;

	private SafeText() {
	}

	static String of(@Nullable String text) {
		if (text == null) {
			return "";
		}
		String capped = (text.length() > LIMIT) ? text.substring(0, LIMIT) + "..." : text;
		return capped.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
	}

	/**
	 * The end of a text, where programs say what was the matter.
	 */
	static String tail(String text) {
		String stripped = text.strip();
		return of((stripped.length() > LIMIT) ? "..." + stripped.substring(stripped.length() - LIMIT + 3) : stripped);
	}

	static String of(@Nullable String text, @Nullable String secret) {
		if (text != null && StringUtils.hasLength(secret)) {
			text = text.replace(secret, "******");
		}
		return of(text);
	}

}
