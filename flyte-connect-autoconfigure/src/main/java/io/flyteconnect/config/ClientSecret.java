package io.flyteconnect.config;

/**
 * Where a client secret comes from. It is read anew at each grant, so that a rotated
 * secret is seen.
 *
 * @author Flyte Connect
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
	 * Say where the secret comes from, never what it is.
	 * @return for example {@code file /etc/flyte/secret}
	 */
	String description();

}
