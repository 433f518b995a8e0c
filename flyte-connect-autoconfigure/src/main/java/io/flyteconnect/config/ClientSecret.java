package io.flyteconnect.config;

import org.jspecify.annotations.Nullable;

/**
 * Where a client secret comes from. It is read anew at each grant, so that a rotated
 * secret is seen.
 *
 * @since 0.1.0
 */
public interface ClientSecret {

	/**
	 * Read the secret.
	 * @return the secret, without trailing line breaks and byte order mark
	 * @throws IllegalStateException if the place holds none; the message names the place
	 * and never the content
	 */
	String read();

	/**
	 * Look at the place without reading the secret, which may take as long as its disk
	 * takes.
	 * @return what is another object once the place holds another secret, such as the
	 * time stamp and the identity of a file; {@code null} if the place never does, or
	 * does not tell now
	 */
	default @Nullable Object fingerprint() {
		return null;
	}

	/**
	 * Return the environment variable that holds the secret.
	 * @return its name, or {@code null} if the secret is elsewhere
	 */
	default @Nullable String variable() {
		return null;
	}

	/**
	 * Return whether a text is the secret that is written in the settings, or has it in
	 * it where it is long enough (8 characters) not to be there by chance, or has the API
	 * key in it that the secret is a part of.
	 * @param text the text
	 * @return whether it does; {@code false} for a secret that is elsewhere
	 */
	default boolean isWritten(String text) {
		return false;
	}

	/**
	 * Say where the secret comes from, never what it is.
	 * @return for example {@code file /etc/flyte/secret}
	 */
	String description();

}
