package io.flyteconnect.autoconfigure.secret;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Masks the secrets of Flyte connections in the actuator's endpoints, whatever
 * {@code show-values} is set to: client secrets, API keys, proxies that may contain a
 * password, and commands that may have secrets in their arguments. This includes those of
 * named connections, in variables and in properties bound elsewhere, and the secrets that
 * Flyte injects.
 */
class FlyteSanitizingFunction implements SanitizingFunction, Ordered {

	private final SecretVariables variables;

	private final SecretPlaceholders placeholders;

	private final Iterable<ConfigurationPropertySource> sources;

	FlyteSanitizingFunction(Environment environment) {
		this.variables = new SecretVariables(environment);
		this.placeholders = new SecretPlaceholders(environment);
		this.sources = (environment instanceof ConfigurableEnvironment configurable)
				? ConfigurationPropertySources.from(configurable.getPropertySources()) : List.of();
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		String key = data.getKey().replace("\"", "");
		boolean secret = SecretSettingNames.matches(key) || isNamedVariable(data) || isInjected(data);
		return (secret && data.getValue() != null) ? data.withSanitizedValue() : data;
	}

	private boolean isInjected(SanitizableData data) {
		return SecretPropertyName.matches(data.getKey()) || this.variables.isInjected(data.getKey())
				|| this.placeholders.isIn(written(data));
	}

	private boolean isNamedVariable(SanitizableData data) {
		PropertySource<?> source = data.getPropertySource();
		return (source == null || source instanceof SystemEnvironmentPropertySource)
				&& this.variables.isNamed(data.getKey());
	}

	private @Nullable Object written(SanitizableData data) {
		PropertySource<?> source = data.getPropertySource();
		Object value = (source != null) ? source.getProperty(data.getKey()) : null;
		return (value != null) ? value : written(ConfigurationPropertyName.adapt(data.getKey(), '.'));
	}

	// The data may be a part of a property that was bound to a list or an object.
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
