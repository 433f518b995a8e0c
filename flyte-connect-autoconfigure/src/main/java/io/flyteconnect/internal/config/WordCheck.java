package io.flyteconnect.internal.config;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.util.StringUtils;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.internal.config.origin.PropertyLookup;

/**
 * Rejects words with stray characters. Spring's conversion to an enum ignores all
 * characters other than letters and digits, so that it would accept {@code "Pkce"} with
 * the quotes of an INI file.
 */
final class WordCheck {

	private static final String AUTH_MODE = "credentials.auth-mode";

	private static final List<String> NAMES = List.of("credentials.interactive", "credentials.store",
			"platform.http-proxy-scope", "platform.api", "platform.protocol");

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}_-]+");

	private final PropertyLookup lookup;

	WordCheck(PropertyLookup lookup) {
		this.lookup = lookup;
	}

	void check() {
		String mode = this.lookup.text(AUTH_MODE);
		if (StringUtils.hasText(mode)) {
			checkMode(mode);
		}
		for (String name : NAMES) {
			String word = this.lookup.text(name);
			if (StringUtils.hasText(word) && !WORD.matcher(word.strip()).matches()) {
				throw this.lookup.invalid(name, "'" + word + "' is no word.", "Write " + this.lookup.property(name)
						+ " as a word of letters, without quotes or other signs.");
			}
		}
	}

	private void checkMode(String mode) {
		try {
			AuthMode.of(mode);
		}
		catch (IllegalArgumentException ex) {
			throw this.lookup.invalid(AUTH_MODE, ex.getMessage() + ".",
					"Correct " + this.lookup.property(AUTH_MODE) + ", or remove it to use the default.");
		}
	}

}
