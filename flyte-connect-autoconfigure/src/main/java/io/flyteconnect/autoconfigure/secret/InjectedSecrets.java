package io.flyteconnect.autoconfigure.secret;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Knows the variables and properties that hold a secret that Flyte injects: by the prefix
 * of the variables, by what has been read, and by what a property is written as.
 */
class InjectedSecrets {

	private final SecretVariables variables;

	private final SecretPlaceholders placeholders;

	private final Iterable<ConfigurationPropertySource> sources;

	InjectedSecrets(Environment environment) {
		this.variables = new SecretVariables(environment);
		this.placeholders = new SecretPlaceholders(environment);
		this.sources = (environment instanceof ConfigurableEnvironment configurable)
				? ConfigurationPropertySources.from(configurable.getPropertySources()) : List.of();
	}

	boolean isIn(SanitizableData data) {
		return SecretPropertyName.matches(data.getKey()) || this.variables.isInjected(data.getKey())
				|| this.placeholders.isIn(written(data));
	}

	private @Nullable Object written(SanitizableData data) {
		PropertySource<?> source = data.getPropertySource();
		Object value = (source != null) ? source.getProperty(data.getKey()) : null;
		return (value != null) ? value : written(ConfigurationPropertyName.adapt(data.getKey(), '.'));
	}

	// Where a property became a list or an object, the data are a part of it.
	private @Nullable Object written(ConfigurationPropertyName name) {
		for (ConfigurationPropertyName part = name; !part.isEmpty(); part = part.getParent()) {
			for (ConfigurationPropertySource source : this.sources) {
				ConfigurationProperty property = source.getConfigurationProperty(part);
				if (property != null) {
					return property.getValue();
				}
			}
		}
		return null;
	}

}
