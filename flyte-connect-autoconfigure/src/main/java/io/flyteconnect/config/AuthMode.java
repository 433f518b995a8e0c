package io.flyteconnect.config;

import java.util.List;
import java.util.Locale;

import io.flyteconnect.internal.configfile.Excerpt;
import io.flyteconnect.internal.text.NearName;

/**
 * How a connection logs in, with the words that Flyte's own files use for it
 * ({@code flytekit/configuration/__init__.py}).
 *
 * @since 0.1.0
 */
public enum AuthMode {

	/**
	 * A person logs in with a browser: authorization code with PKCE (RFC 7636). The
	 * default, as in flytekit.
	 */
	PKCE("pkce", "standard"),

	/**
	 * The service logs in with its own client id and secret (RFC 6749 section 4.4).
	 */
	CLIENT_CREDENTIALS("client-credentials", "client-secret", "basic"),

	/**
	 * A command prints the token.
	 */
	EXTERNAL_COMMAND("external-command", "external-process"),

	/**
	 * A person confirms a code on another device (RFC 8628).
	 */
	DEVICE_FLOW("device-flow"),

	/**
	 * The client neither requests nor sends a token.
	 */
	NONE("none");

	private final List<String> words;

	AuthMode(String... words) {
		this.words = List.of(words);
	}

	/**
	 * Return the words that mean this mode.
	 * @return the words, the first one being the usual one
	 */
	public List<String> words() {
		return this.words;
	}

	/**
	 * Return whether a person logs in, and not the service by itself.
	 * @return {@code true} for {@link #PKCE} and {@link #DEVICE_FLOW}
	 */
	public boolean asksPerson() {
		return this == PKCE || this == DEVICE_FLOW;
	}

	/**
	 * Find the mode that a word means. Case, {@code -} and {@code _} do not matter.
	 * @param word the word, for example {@code ClientSecret}
	 * @return the mode
	 * @throws IllegalArgumentException if no mode has this word; the message lists the
	 * words
	 */
	public static AuthMode of(String word) {
		String plain = plain(word);
		for (AuthMode mode : values()) {
			for (String candidate : mode.words) {
				if (plain(candidate).equals(plain)) {
					return mode;
				}
			}
		}
		String hint = NearName.hint(word, allWords());
		throw new IllegalArgumentException("'" + Excerpt.of(word) + "' is no mode of login"
				+ (hint.isEmpty() ? "." : hint) + " Use one of " + String.join(", ", allWords()));
	}

	/**
	 * Return every word that means a mode.
	 * @return the words
	 */
	public static List<String> allWords() {
		return List.of(values()).stream().flatMap((mode) -> mode.words.stream()).toList();
	}

	private static String plain(String word) {
		return word.strip().replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
	}

}
