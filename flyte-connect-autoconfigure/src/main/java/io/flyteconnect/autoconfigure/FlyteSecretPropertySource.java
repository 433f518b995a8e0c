package io.flyteconnect.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.configfile.PlaceholderText;
import io.flyteconnect.secret.FlyteSecretSource;
import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretException;
import io.flyteconnect.secret.SecretNotFoundException;
import io.flyteconnect.secret.SecretReads;
import io.flyteconnect.secret.SecretValue;

/**
 * Lets any property say {@code ${flyte-secret.<group>.<key>}}. Nothing is looked for
 * before it is asked for, and nothing is kept. A secret that is nowhere is an error: what
 * binds properties would take the placeholder for the secret otherwise.
 */
class FlyteSecretPropertySource extends PropertySource<SecretReads> {

	static final String NAME = "flyteSecrets";

	private static final String ENVIRONMENT_PAGE = "org.springframework.boot.actuate.env.EnvironmentEndpoint";

	private final ConfigurableEnvironment environment;

	private final ThreadLocal<Boolean> configuring = ThreadLocal.withInitial(() -> false);

	FlyteSecretPropertySource(ConfigurableEnvironment environment) {
		super(NAME, new SecretReads());
		this.environment = environment;
	}

	/**
	 * Return what has been read through an environment's properties.
	 * @param environment the environment
	 * @return the reads, none where the environment has no such source
	 */
	static SecretReads reads(ConfigurableEnvironment environment) {
		PropertySource<?> source = environment.getPropertySources().get(NAME);
		return (source instanceof FlyteSecretPropertySource secrets) ? secrets.getSource() : new SecretReads();
	}

	@Override
	public boolean containsProperty(String name) {
		if (!SecretPropertyName.matches(name)) {
			return false;
		}
		try (SecretValue value = source().find(SecretPropertyName.parse(name).secret())) {
			return value != null;
		}
		catch (SecretException ex) {
			return false;
		}
	}

	@Override
	public @Nullable Object getProperty(String name) {
		if (!SecretPropertyName.matches(name)) {
			return null;
		}
		SecretPropertyName property = parse(name);
		if (property == null) {
			return null;
		}
		FlyteSecretSource source = source();
		try (SecretValue value = source.find(property.secret())) {
			if (value != null) {
				return PlaceholderText.escape(value.text());
			}
		}
		if (property.fallback() == null && !hasFallback(name) && !isShown()) {
			Secret secret = property.secret();
			throw new SecretNotFoundException(secret, source.places(secret));
		}
		return property.fallback();
	}

	private static @Nullable SecretPropertyName parse(String name) {
		try {
			return SecretPropertyName.parse(name);
		}
		catch (InvalidSecretNameException ex) {
			if (isShown()) {
				return null;
			}
			throw ex;
		}
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

	// A fallback that is a placeholder itself does not come along with the name.
	private boolean hasFallback(String name) {
		String placeholder = "${" + name + ":";
		return this.environment.getPropertySources()
			.stream()
			.filter(EnumerablePropertySource.class::isInstance)
			.map(EnumerablePropertySource.class::cast)
			.anyMatch((source) -> hasValueWith(source, placeholder));
	}

	private static boolean hasValueWith(EnumerablePropertySource<?> source, String text) {
		for (String name : source.getPropertyNames()) {
			if (source.getProperty(name) instanceof CharSequence value && value.toString().contains(text)) {
				return true;
			}
		}
		return false;
	}

	// The actuator's page of the environment resolves all properties, also those that
	// nobody uses, and shows a placeholder that has no value as it is.
	private static boolean isShown() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.anyMatch((frame) -> frame.getClassName().equals(ENVIRONMENT_PAGE)));
	}

}
