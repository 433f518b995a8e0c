package io.flyteconnect.config;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * A client secret in an environment variable.
 *
 * @author Flyte Connect
 */
final class VariableClientSecret implements ClientSecret {

	private final String name;

	private final UnaryOperator<@Nullable String> variables;

	VariableClientSecret(String name, UnaryOperator<@Nullable String> variables) {
		this.name = name;
		this.variables = variables;
	}

	@Override
	public String read() {
		String value = this.variables.apply(this.name);
		if (value == null) {
			throw new IllegalStateException("the environment variable " + this.name + " is not set");
		}
		String secret = SecretText.trimmed(value);
		if (secret.isBlank()) {
			throw new IllegalStateException("the environment variable " + this.name + " is empty");
		}
		return secret;
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
