package io.flyteconnect.autoconfigure.secret;

import java.lang.StackWalker.StackFrame;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.configfile.PlaceholderText;
import io.flyteconnect.internal.secret.SecretReads;
import io.flyteconnect.secret.FlyteSecretSource;
import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretException;
import io.flyteconnect.secret.SecretNotFoundException;
import io.flyteconnect.secret.SecretValue;

/**
 * Lets any property say {@code ${flyte-secret.<group>.<key>}}. Nothing is looked for
 * before it is asked for, and nothing is kept. A secret that is nowhere is an error: what
 * binds properties would take the placeholder for the secret otherwise.
 */
class FlyteSecretPropertySource extends PropertySource<SecretReads> {

	static final String NAME = "flyteSecrets";

	private static final String ENVIRONMENT_PAGE = "org.springframework.boot.actuate.env.EnvironmentEndpoint";

	private static final String RESOLVER = "org.springframework.core.env.AbstractPropertyResolver";

	private final ConfigurableEnvironment environment;

	private final SecretDefaults defaults;

	private final ThreadLocal<Boolean> configuring = ThreadLocal.withInitial(() -> false);

	FlyteSecretPropertySource(ConfigurableEnvironment environment) {
		super(NAME, new SecretReads());
		this.environment = environment;
		this.defaults = new SecretDefaults(environment);
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

	/**
	 * Explain why a placeholder has no value.
	 * @param environment the environment
	 * @param name the name in the placeholder
	 * @return which secret is missing and where it would be, or {@code null} where the
	 * environment has no such source or the secret is there
	 */
	static @Nullable SecretNotFoundException missing(ConfigurableEnvironment environment, String name) {
		if (!(environment.getPropertySources().get(NAME) instanceof FlyteSecretPropertySource secrets)
				|| secrets.containsProperty(name)) {
			return null;
		}
		Secret secret = SecretPropertyName.parse(name).secret();
		return new SecretNotFoundException(secret, secrets.source().places(secret));
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
		if (property.fallback() == null && !isMissingTolerated(name)) {
			Secret secret = property.secret();
			throw new SecretNotFoundException(secret, source.places(secret));
		}
		return property.fallback();
	}

	// Spring asks for a default that is a placeholder only after it has been told that
	// the secret is nowhere.
	private boolean isMissingTolerated(String name) {
		return isShown() || isRequired() || this.defaults.areEverywhere(name);
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

	// The actuator's page of the environment resolves all properties, also those that
	// nobody uses, and shows a placeholder that has no value as it is.
	private static boolean isShown() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.anyMatch((frame) -> frame.getClassName().equals(ENVIRONMENT_PAGE)));
	}

	// Whoever requires a value of each placeholder fails without one, or has a default.
	private static boolean isRequired() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.filter((frame) -> frame.getClassName().equals(RESOLVER))
				.map(StackFrame::getMethodName)
				.filter((method) -> method.startsWith("resolve") && method.endsWith("Placeholders")
						&& !method.contains("Nested"))
				.findFirst()
				.orElse("")
				.equals("resolveRequiredPlaceholders"));
	}

}
