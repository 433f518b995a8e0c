package io.flyteconnect.internal.config.credentials;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.MissingClientSecretException;
import io.flyteconnect.internal.config.text.SecretText;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * A client secret in an environment variable.
 */
public final class VariableClientSecret implements ClientSecret {

	private final String name;

	private final ProcessEnvironment process;

	public VariableClientSecret(String name, ProcessEnvironment process) {
		this.name = name;
		this.process = process;
	}

	@Override
	public String read() {
		String value = this.process.variable(this.name);
		if (value == null) {
			throw new MissingClientSecretException("the environment variable " + this.name + " is not set", null);
		}
		String secret = SecretText.trimmed(value);
		if (secret.isBlank()) {
			throw new IllegalStateException("the environment variable " + this.name + " is empty");
		}
		return secret;
	}

	@Override
	public String variable() {
		return this.name;
	}

	@Override
	public String description() {
		return "environment variable " + this.name;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof VariableClientSecret that && this.name.equals(that.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	@Override
	public String toString() {
		return description();
	}

}
