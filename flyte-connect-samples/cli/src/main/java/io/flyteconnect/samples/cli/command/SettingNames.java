package io.flyteconnect.samples.cli.command;

import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The names of the settings that somebody has made beyond those that have a name of their
 * own: the fields of lists, and the settings of further connections.
 *
 * @param environment where they are
 * @param known the settings that have a name of their own
 */
record SettingNames(ConfigurableEnvironment environment, Iterable<String> known) {

	private static final ConfigurationPropertyName FLYTE = ConfigurationPropertyName.of("flyte");

	private static final Pattern CONNECTION = Pattern.compile("(flyte\\.connections\\.[^.]+\\.)(.+)");

	private static final Pattern INDEX = Pattern.compile("\\[\\d+]$");

	SortedSet<String> further() {
		// A variable knows no difference between a dash and a dot.
		Map<String, String> uniform = new TreeMap<>();
		this.known.forEach((name) -> uniform.put(uniform(name), name));
		SortedSet<String> names = new TreeSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				iterable.stream()
					.filter(FLYTE::isAncestorOf)
					.map((name) -> further(INDEX.matcher(name.toString()).replaceFirst(""), uniform, variables))
					.forEach((name) -> add(names, name));
			}
		}
		return names;
	}

	private static void add(SortedSet<String> names, @Nullable String name) {
		if (name != null) {
			names.add(name);
		}
	}

	private @Nullable String further(String name, Map<String, String> uniform, boolean variables) {
		if (uniform.containsKey(uniform(name))) {
			return null;
		}
		Matcher connection = CONNECTION.matcher(name);
		if (connection.matches()) {
			String setting = uniform.get(uniform("flyte." + connection.group(2)));
			return connection.group(1)
					+ ((setting != null) ? setting.substring("flyte.".length()) : connection.group(2));
		}
		// A task of Flyte has variables of its own.
		return (variables && !name.contains("[")) ? null : name;
	}

	private static String uniform(String name) {
		return name.replaceAll("[-._]", "").toLowerCase(Locale.ROOT);
	}

}
