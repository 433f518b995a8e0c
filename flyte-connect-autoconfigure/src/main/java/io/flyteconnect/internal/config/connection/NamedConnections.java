package io.flyteconnect.internal.config.connection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.origin.PropertyOrigin;
import io.flyteconnect.internal.configfile.Excerpt;

/**
 * Finds the named connections of an environment: the keys below
 * {@code flyte.connections}, those of environment variables included.
 *
 * @since 0.1.0
 */
public final class NamedConnections {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(NamedConnection.ROOT);

	/** It stands in names of beans, threads, files and client registrations. */
	private static final Pattern NAME = Pattern.compile("[A-Za-z](?:[A-Za-z0-9_-]*[A-Za-z0-9])?");

	private final Map<ConfigurationPropertyName, NamedConnection> found = new LinkedHashMap<>();

	private NamedConnections() {
	}

	/**
	 * Find the named connections.
	 * @param environment the environment
	 * @return the connections, each once
	 * @throws InvalidFlyteConfigurationException if a key is no name of a connection
	 */
	public static List<NamedConnection> of(Environment environment) {
		NamedConnections connections = new NamedConnections();
		List<IterableConfigurationPropertySource> variables = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource) {
					variables.add(iterable);
				}
				else {
					connections.add(iterable);
				}
			}
		}
		// Last, as their names tell neither upper case nor underscores.
		for (IterableConfigurationPropertySource source : variables) {
			connections.addVariables(source);
		}
		return List.copyOf(connections.found.values());
	}

	// No streams: each start comes by here several times.
	private void add(IterableConfigurationPropertySource source) {
		for (ConfigurationPropertyName name : source) {
			if (ROOT.isAncestorOf(name)) {
				add(source, name);
			}
		}
	}

	private void addVariables(IterableConfigurationPropertySource source) {
		for (ConfigurationPropertyName name : source) {
			if (ROOT.isAncestorOf(name)) {
				addVariable(name);
			}
		}
	}

	private void add(ConfigurationPropertySource source, ConfigurationPropertyName property) {
		int position = ROOT.getNumberOfElements();
		ConfigurationPropertyName key = property.chop(position + 1);
		String name = property.getElement(position, Form.ORIGINAL);
		String prefix = key.isLastElementIndexed() ? key.toString() : ROOT + "." + name;
		check(name, prefix, source, property);
		if (property.equals(key)) {
			requireEmpty(source, property, prefix);
		}
		this.found.putIfAbsent(key, new NamedConnection(name, prefix));
	}

	private static void check(String name, String prefix, ConfigurationPropertySource source,
			ConfigurationPropertyName property) {
		if (PlatformConfig.DEFAULT_NAME.equalsIgnoreCase(name)) {
			throw new InvalidFlyteConfigurationException(prefix, PropertyOrigin.of(source, property),
					"The name '" + PlatformConfig.DEFAULT_NAME + "' is that of the connection that flyte.* configures.",
					"Set flyte.platform.url and so on in its place, or use another name.", null);
		}
		if (!NAME.matcher(name).matches()) {
			throw new InvalidFlyteConfigurationException(prefix, PropertyOrigin.of(source, property),
					"'" + Excerpt.of(name) + "' is no name of a connection.",
					"Use letters, digits, '-' and '_', beginning with a letter, for example " + NamedConnection.ROOT
							+ ".staging.platform.url.",
					null);
		}
	}

	private static void requireEmpty(ConfigurationPropertySource source, ConfigurationPropertyName property,
			String prefix) {
		ConfigurationProperty value = source.getConfigurationProperty(property);
		if (value != null && StringUtils.hasText(String.valueOf(value.getValue()))) {
			throw new InvalidFlyteConfigurationException(prefix, PropertyOrigin.describe(value.getOrigin()),
					"It has settings below it, and is no value itself.",
					"Write the settings below " + prefix + ", by their names.", null);
		}
	}

	// An underscore may stand for a dot or for a dash: what is behind the name tells.
	private void addVariable(ConfigurationPropertyName variable) {
		String name = ConnectionVariables.name(variable);
		if (name != null && NAME.matcher(name).matches() && !name.equals(PlatformConfig.DEFAULT_NAME)) {
			this.found.putIfAbsent(ROOT.append(name), new NamedConnection(name, NamedConnection.ROOT + "." + name));
		}
	}

	/**
	 * Return the prefix that a property has if it is one of a named connection.
	 * @param property the property
	 * @param variable whether it is an environment variable
	 * @return how many elements of its name are the prefix, or {@code null} if it is none
	 */
	public static @Nullable Integer prefixLength(ConfigurationPropertyName property, boolean variable) {
		if (!ROOT.isAncestorOf(property) || property.getNumberOfElements() <= ROOT.getNumberOfElements() + 1) {
			return null;
		}
		return variable ? ConnectionVariables.prefixLength(property) : Integer.valueOf(ROOT.getNumberOfElements() + 1);
	}

}
