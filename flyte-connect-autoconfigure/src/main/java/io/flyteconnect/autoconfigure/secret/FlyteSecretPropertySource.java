package io.flyteconnect.autoconfigure.secret;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.origin.WithoutSettings;
import io.flyteconnect.internal.configfile.PlaceholderText;
import io.flyteconnect.internal.secret.SecretReads;
import io.flyteconnect.secret.FlyteSecretSource;
import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretException;
import io.flyteconnect.secret.SecretNotFoundException;
import io.flyteconnect.secret.SecretValue;

/**
 * Resolves {@code ${flyte-secret.<group>.<key>}} in any property. Searches for a secret
 * when it is requested, and caches nothing. Returns no value for a missing secret, as for
 * any other property: code that resolves a placeholder decides what to do then.
 */
class FlyteSecretPropertySource extends PropertySource<SecretReads> implements WithoutSettings {

	static final String NAME = "flyteSecrets";

	private final ConfigurableEnvironment environment;

	private final ThreadLocal<Boolean> configuring = ThreadLocal.withInitial(() -> false);

	FlyteSecretPropertySource(ConfigurableEnvironment environment) {
		super(NAME, reads(environment));
		this.environment = environment;
	}

	/**
	 * Return the record of the secrets that were read from an environment's properties.
	 * @param environment the environment
	 * @return the reads, none where the environment has no such source yet
	 */
	static SecretReads reads(ConfigurableEnvironment environment) {
		PropertySource<?> source = environment.getPropertySources().get(NAME);
		return (source instanceof FlyteSecretPropertySource secrets) ? secrets.getSource() : new SecretReads();
	}

	@Override
	public boolean containsProperty(String name) {
		try {
			return getProperty(name) != null;
		}
		catch (SecretException ex) {
			return false;
		}
	}

	/**
	 * Return a secret.
	 * @param name the name of a property, with or without the fallback of a placeholder
	 * @return the secret, so that an environment takes nothing in it for a placeholder,
	 * or {@code null} if the name is not that of a secret, or the secret was not found
	 * @throws SecretException if the secret cannot be read, or Spring would take a part
	 * of its name for a fallback
	 */
	@Override
	public @Nullable Object getProperty(String name) {
		if (!SecretPropertyName.matches(name)) {
			return null;
		}
		try {
			SecretPropertyName property = SecretPropertyName.parse(name);
			// If there is a fallback, Spring also requests the name without it, which
			// another source may have.
			return (property.fallback() == null || property.hasColon()) ? text(property) : null;
		}
		catch (InvalidSecretNameException ex) {
			if (SecretPropertyName.isCutOff(name)) {
				throw ex;
			}
			return null;
		}
	}

	@Nullable String text(SecretPropertyName property) {
		try (SecretValue value = getSource().lookups().find(source(), property.secret())) {
			return (value != null) ? PlaceholderText.escape(value.text()) : property.fallback();
		}
	}

	/**
	 * Create the exception for a missing secret.
	 * @param secret the secret
	 * @return which secret is missing and where it would be
	 */
	SecretNotFoundException missing(Secret secret) {
		return new SecretNotFoundException(secret, source().places(secret));
	}

	private FlyteSecretSource source() {
		if (this.configuring.get()) {
			throw new InvalidFlyteConfigurationException("flyte.secrets", null,
					"Where secrets are found cannot be a secret itself.",
					"Write flyte.secrets.* without any ${flyte-secret...}.", null);
		}
		this.configuring.set(true);
		try {
			return FlyteSecretSources.create(this.environment, getSource());
		}
		finally {
			this.configuring.remove();
		}
	}

	/**
	 * The property source while Spring Boot loads the configuration data. A missing
	 * secret is an error then, since Spring Boot would use the unresolved placeholder as
	 * a location.
	 */
	static final class Required extends FlyteSecretPropertySource {

		Required(ConfigurableEnvironment environment) {
			super(environment);
		}

		@Override
		public @Nullable Object getProperty(String name) {
			if (!SecretPropertyName.matches(name)) {
				return null;
			}
			SecretPropertyName property = SecretPropertyName.parse(name);
			String text = text(property);
			if (text == null) {
				throw missing(property.secret());
			}
			return text;
		}

	}

}
