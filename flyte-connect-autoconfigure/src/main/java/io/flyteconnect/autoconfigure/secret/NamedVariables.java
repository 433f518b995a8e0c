package io.flyteconnect.autoconfigure.secret;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Knows the environment variables that one of Flyte's properties says to hold a secret:
 * {@code client-secret-env-var} of any connection, and {@code env-var} of any secret of
 * {@code flyte.execution}. They hold it before anybody has read it.
 */
class NamedVariables {

	private static final ConfigurationPropertyName FLYTE = ConfigurationPropertyName.of("flyte");

	// A variable knows no difference between a dash and a dot.
	private static final Pattern SEPARATORS = Pattern.compile("[-.]");

	private final Environment environment;

	private final Iterable<ConfigurationPropertySource> sources;

	NamedVariables(Environment environment) {
		this.environment = environment;
		this.sources = (environment instanceof ConfigurableEnvironment configurable)
				? ConfigurationPropertySources.from(configurable.getPropertySources()) : List.of();
	}

	boolean isIn(SanitizableData data) {
		PropertySource<?> source = data.getPropertySource();
		if (source != null && !(source instanceof SystemEnvironmentPropertySource)) {
			return false;
		}
		String variable = InjectedSecrets.variable(data.getKey());
		for (ConfigurationPropertySource named : this.sources) {
			if (names(named).anyMatch((name) -> variable.equals(value(named, name)))) {
				return true;
			}
		}
		return false;
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
				? InjectedSecrets.variable(this.environment.resolvePlaceholders(text.toString()).strip()) : null;
	}

}
