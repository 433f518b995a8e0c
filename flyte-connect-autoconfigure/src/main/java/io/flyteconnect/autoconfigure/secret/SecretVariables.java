package io.flyteconnect.autoconfigure.secret;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Detects the environment variables that contain a secret: by their prefix, by the record
 * of secrets that have been read, and by the properties that name a variable:
 * {@code client-secret-env-var} of any connection, and {@code env-var} of any secret of
 * {@code flyte.execution}.
 */
class SecretVariables {

	private static final String DEFAULT_PREFIX = "_FSEC_";

	private static final ConfigurationPropertyName FLYTE = ConfigurationPropertyName.of("flyte");

	// Variables do not distinguish between dashes and dots.
	private static final Pattern SEPARATORS = Pattern.compile("[-.]");

	private final Environment environment;

	private final Iterable<ConfigurationPropertySource> sources;

	SecretVariables(Environment environment) {
		this.environment = environment;
		this.sources = (environment instanceof ConfigurableEnvironment configurable)
				? ConfigurationPropertySources.from(configurable.getPropertySources()) : List.of();
	}

	/**
	 * Return whether a variable contains a secret.
	 * @param key the variable, by any of the names that Spring knows it under
	 * @return whether its name or a property shows it, or it has been read as one
	 */
	boolean isSecret(String key) {
		return isInjected(key) || isNamed(key);
	}

	/**
	 * Return whether Flyte has injected a variable, or it has been read as a secret.
	 */
	boolean isInjected(String key) {
		String name = variable(key);
		String prefix = this.environment.getProperty("flyte.secrets.env-prefix", "").strip();
		return name.startsWith(variable(prefix.isEmpty() ? DEFAULT_PREFIX : prefix)) || name.startsWith("FLYTE_SECRET_")
				|| isRead(name);
	}

	private boolean isRead(String name) {
		return this.environment instanceof ConfigurableEnvironment configurable
				&& FlyteSecretPropertySource.reads(configurable)
					.variables()
					.stream()
					.anyMatch((variable) -> variable(variable).equals(name));
	}

	/**
	 * Return whether a property names the variable of a secret.
	 */
	boolean isNamed(String key) {
		String variable = variable(key);
		for (ConfigurationPropertySource named : this.sources) {
			if (names(named).anyMatch((name) -> variable.equals(value(named, name)))) {
				return true;
			}
		}
		return false;
	}

	private static String variable(String key) {
		return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
	}

	private static Stream<ConfigurationPropertyName> names(ConfigurationPropertySource source) {
		return (source instanceof IterableConfigurationPropertySource iterable)
				? iterable.stream().filter((name) -> FLYTE.isAncestorOf(name) && isNameOfVariable(name))
				: Stream.empty();
	}

	private static boolean isNameOfVariable(ConfigurationPropertyName name) {
		return SEPARATORS.matcher(name.toString()).replaceAll("").endsWith("envvar");
	}

	private @Nullable String value(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return (property != null && property.getValue() instanceof CharSequence text)
				? variable(this.environment.resolvePlaceholders(text.toString()).strip()) : null;
	}

}
