package io.flyteconnect.samples.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The settings that somebody has made, secrets masked.
 *
 * @param environment where they are
 */
record Settings(ConfigurableEnvironment environment) {

	static final String MASK = "******";

	private static final Pattern SECRET = Pattern
		.compile(".*\\.(?:api-key|client-secret|store-key|(?:proxy-)?command)");

	@Nullable Setting find(String name) {
		ConfigurationPropertyName property = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty single = source.getConfigurationProperty(property);
			if (single != null) {
				return setting(name, String.valueOf(single.getValue()), single);
			}
			List<String> elements = new ArrayList<>();
			ConfigurationProperty first = source.getConfigurationProperty(property.append("[0]"));
			for (ConfigurationProperty next = first; next != null; next = source
				.getConfigurationProperty(property.append("[" + elements.size() + "]"))) {
				elements.add(String.valueOf(next.getValue()));
			}
			if (first != null) {
				return setting(name, String.join(",", elements), first);
			}
		}
		return null;
	}

	private Setting setting(String name, String value, ConfigurationProperty property) {
		Origin origin = property.getOrigin();
		return new Setting(masked(name, new SecretPlaceholders(this.environment).resolveOthers(value)),
				(origin != null) ? origin.toString() : String.valueOf(property.getSource()));
	}

	private static String masked(String name, String value) {
		if (SECRET.matcher(name).matches() && !value.isEmpty()) {
			return MASK;
		}
		int at = value.lastIndexOf('@');
		if (!name.endsWith("http-proxy-url") || at < 0) {
			return value;
		}
		int scheme = value.indexOf("://");
		return ((scheme >= 0 && scheme < at) ? value.substring(0, scheme + 3) : "") + MASK + value.substring(at);
	}

	record Setting(String value, String origin) {

	}

}
