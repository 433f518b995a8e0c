package io.flyteconnect.internal.config.origin;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * Describes where a property is set: file, line and column, or the variable.
 */
public final class PropertyOrigin {

	private PropertyOrigin() {
	}

	/**
	 * Describe where a property of an environment is set.
	 * @param environment the environment
	 * @param property the full name of the property
	 * @return file, line and column, or the variable, or {@code null} if it is not set
	 */
	public static @Nullable String of(Environment environment, String property) {
		int root = property.indexOf('.');
		return (root > 0)
				? PropertyLookup.of(environment, property.substring(0, root)).origin(property.substring(root + 1))
				: null;
	}

	/**
	 * Describe where a property of one source is set.
	 * @param source the source
	 * @param name the name of the property
	 * @return file, line and column, or the variable, or {@code null} if it is not set
	 */
	public static @Nullable String of(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty found = source.getConfigurationProperty(name);
		return (found != null) ? describe(found.getOrigin()) : null;
	}

	/**
	 * Describe where a property of an environment, or the first one below it, is set.
	 * @param environment the environment
	 * @param property the full name of the property or the section
	 * @return file, line and column, or the variable, or {@code null} if none is set
	 */
	public static @Nullable String firstBelow(Environment environment, String property) {
		return firstBelow(ConfigurationPropertySources.get(environment),
				ConfigurationPropertyName.adapt(property, '.'));
	}

	static @Nullable String firstBelow(Iterable<ConfigurationPropertySource> sources, ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : sources) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found == null && source instanceof IterableConfigurationPropertySource iterable) {
				found = iterable.stream()
					.filter(name::isAncestorOf)
					.findFirst()
					.map(source::getConfigurationProperty)
					.orElse(null);
			}
			if (found != null) {
				return describe(found.getOrigin());
			}
		}
		return null;
	}

	/**
	 * Describe an origin.
	 * @param origin the origin
	 * @return file, line and column, or the variable, or {@code null} if there is none
	 */
	public static @Nullable String describe(@Nullable Origin origin) {
		if (origin instanceof PropertySourceOrigin source && source.getOrigin() != null) {
			return describe(source.getOrigin());
		}
		if (origin instanceof TextResourceOrigin text && text.getLocation() != null) {
			Resource resource = text.getResource();
			String name = (resource instanceof FileSystemResource file) ? file.getPath() : String.valueOf(resource);
			return name + ":" + text.getLocation();
		}
		if (origin instanceof SystemEnvironmentOrigin variable) {
			return "environment variable " + variable.getProperty();
		}
		if (origin instanceof PropertySourceOrigin source
				&& source.getPropertySource().getName().endsWith("systemEnvironment")) {
			return "environment variable " + source.getPropertyName();
		}
		return (origin != null) ? origin.toString() : null;
	}

}
