package io.flyteconnect.internal.secret;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.secret.SecretValue;
import io.flyteconnect.secret.UnreadableSecretException;

/**
 * A place where a secret may be found.
 */
public sealed interface SecretPlace permits SecretPlace.Variable, SecretFile {

	/**
	 * Read the secret.
	 * @return the secret, or {@code null} if it is not in this place
	 * @throws UnreadableSecretException if it is in this place, but cannot be read
	 */
	@Nullable SecretValue read();

	/**
	 * Return the place in words.
	 * @return the name of the variable or file, never its content
	 */
	String description();

	/**
	 * Return the environment variable that this place is.
	 * @return the name of the variable, or {@code null} if it is a file
	 */
	default @Nullable String variable() {
		return null;
	}

	/**
	 * An environment variable.
	 */
	final class Variable implements SecretPlace {

		private final String name;

		private final @Nullable String value;

		Variable(String name, @Nullable String value) {
			this.name = name;
			this.value = value;
		}

		@Override
		public String variable() {
			return this.name;
		}

		@Override
		public @Nullable SecretValue read() {
			return (this.value != null) ? SecretValue.of(this.value, description()) : null;
		}

		@Override
		public String description() {
			return "environment variable " + this.name;
		}

		@Override
		public String toString() {
			return description();
		}

	}

}
