package io.flyteconnect.secret;

import org.jspecify.annotations.Nullable;

/**
 * Is told of each secret that a {@link FlyteSecretSource} has read.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SecretReadListener {

	/**
	 * A secret has been read. Called on the thread that reads it.
	 * @param secret the name of the secret
	 * @param variable the environment variable that held it, or {@code null} if a file
	 * did
	 * @param value the secret, which belongs to the reader and is not to be closed
	 */
	void onRead(Secret secret, @Nullable String variable, SecretValue value);

}
