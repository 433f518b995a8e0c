package io.flyteconnect.samples.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.config.PlatformConfig;

/**
 * Shows each setting, its value and where that comes from. Asks no server.
 *
 * @since 0.1.0
 */
@Command(name = "config", description = "Show each setting, its value and where that comes from.")
public final class ConfigCommand extends FlyteCommand {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String AUTH_MODE = "flyte.credentials.auth-mode";

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		Answer answer = Answer.list("property", "value", "origin");
		Settings settings = new Settings(context.getEnvironment());
		Map<String, String> properties = properties();
		SortedSet<String> further = new SettingNames(context.getEnvironment(), properties.keySet()).further();
		SortedSet<String> names = new TreeSet<>(further);
		names.addAll(properties.keySet());
		ApiKeySettings apiKey = new ApiKeySettings(context.getBean(PlatformConfig.class), settings);
		for (String name : names) {
			Settings.Setting setting = apiKey.find(name);
			if (setting != null) {
				answer.add(name, setting.value(), setting.origin());
			}
			else if (further.stream().noneMatch((other) -> other.startsWith(name + "["))) {
				answer.add(name, name.equals(AUTH_MODE) ? authMode(context) : properties.getOrDefault(name, ""),
						"default");
			}
		}
		return answer;
	}

	/** A client secret decides, where nothing else does. */
	private static String authMode(ConfigurableApplicationContext context) {
		return context.getBean(PlatformConfig.class)
			.credentials()
			.authMode()
			.name()
			.toLowerCase(Locale.ROOT)
			.replace('_', '-');
	}

	/**
	 * All properties of Flyte Connect with their defaults, from what its jar says for
	 * editors.
	 */
	private static Map<String, String> properties() {
		Map<String, String> properties = new TreeMap<>();
		try {
			Enumeration<URL> files = ConfigCommand.class.getClassLoader().getResources(METADATA);
			while (files.hasMoreElements()) {
				try (InputStream file = files.nextElement().openStream()) {
					read(JsonMapper.shared().readTree(file), properties);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	private static void read(JsonNode metadata, Map<String, String> properties) {
		for (JsonNode property : metadata.path("properties")) {
			String name = property.path("name").asString("");
			JsonNode standard = property.path("defaultValue");
			if (name.startsWith("flyte.")) {
				properties.put(name,
						standard.isString() ? standard.asString()
								: ((standard.isMissingNode() || standard.isEmpty() && standard.isArray()) ? ""
										: standard.toString()));
			}
		}
	}

}
