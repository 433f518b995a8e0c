package io.flyteconnect.secret;

import org.jspecify.annotations.Nullable;

/**
 * Receives a notification of each secret that a {@link FlyteSecretSource} reads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SecretReadListener {

	/**
	 * Called after a secret has been read, on the thread that has read it.
	 * @param secret the name of the secret
	 * @param variable the environment variable that held it, or {@code null} if a file
	 * did
	 * @param value the secret, which belongs to the reader and is not to be closed
	 */
	void onRead(Secret secret, @Nullable String variable, SecretValue value);

}
