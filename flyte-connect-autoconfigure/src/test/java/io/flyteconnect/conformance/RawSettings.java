package io.flyteconnect.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a case sets, as plainly as it can be read: to tell, independently of the code
 * under test, which rule a case is about. Of INI files only plain lines are understood.
 */
final class RawSettings {

	private static final Map<String, String> YAML_KEYS = Map.ofEntries(Map.entry("platform.url", "endpoint"),
			Map.entry("platform.insecure", "insecure"),
			Map.entry("platform.insecure_skip_verify", "insecureSkipVerify"),
			Map.entry("credentials.auth_mode", "authType"), Map.entry("credentials.client_id", "clientId"),
			Map.entry("credentials.client_secret_location", "clientSecretLocation"),
			Map.entry("credentials.client_secret_env_var", "clientSecretEnvVar"),
			Map.entry("credentials.command", "command"), Map.entry("credentials.proxy_command", "proxyCommand"),
			Map.entry("credentials.scopes", "scopes"), Map.entry("credentials.audience", "audience"));

	private final Map<String, String> variables;

	private final Map<String, Object> file = new HashMap<>();

	private boolean malformed;

	private RawSettings(Map<String, String> variables) {
		this.variables = variables;
	}

	static RawSettings of(ConformanceCase conformanceCase) throws IOException {
		RawSettings settings = new RawSettings(conformanceCase.variables());
		Path path = settings.find(conformanceCase);
		if (path != null && Files.isRegularFile(path)) {
			String text = Files.readString(path, StandardCharsets.UTF_8).replace("\uFEFF", "");
			if (path.toString().endsWith("yaml") || path.toString().endsWith("yml")) {
				settings.readYaml(text);
			}
			else {
				settings.readIni(text);
			}
		}
		return settings;
	}

	private @Nullable Path find(ConformanceCase conformanceCase) {
		Path cwd = conformanceCase.folder().resolve("cwd");
		if (conformanceCase.configFile() != null) {
			return cwd.resolve(conformanceCase.configFile());
		}
		Path flyte = conformanceCase.folder().resolve("home/.flyte");
		String named = this.variables.getOrDefault("FLYTECTL_CONFIG", "");
		return Stream
			.of(named.isEmpty() ? cwd.resolve("flytekit.config") : cwd.resolve(named), cwd.resolve("flytekit.config"),
					flyte.resolve("config"), flyte.resolve("config.yaml"))
			.filter(Files::exists)
			.findFirst()
			.orElse(null);
	}

	@SuppressWarnings("unchecked")
	private void readYaml(String text) {
		try {
			Object top = new Yaml().load(text);
			Object admin = (top instanceof Map<?, ?> map) ? map.get("admin") : null;
			this.malformed = top != null && !(top instanceof Map) || admin != null && !(admin instanceof Map);
			if (admin instanceof Map) {
				YAML_KEYS.forEach((name, key) -> this.file.put(name, ((Map<String, Object>) admin).get(key)));
			}
		}
		catch (YAMLException ex) {
			this.malformed = true;
		}
	}

	private void readIni(String text) {
		String section = "";
		String option = "";
		for (String line : text.lines().filter((each) -> !each.isBlank()).toList()) {
			String plain = line.strip();
			if (Character.isWhitespace(line.charAt(0)) && this.file.containsKey(option)) {
				this.file.merge(option, plain, (first, second) -> first + "\n" + second);
			}
			else if (plain.startsWith("[") && plain.indexOf(']') > 0) {
				section = plain.substring(1, plain.indexOf(']'));
			}
			else if (plain.matches("[^#;=:]+[=:].*")) {
				String[] parts = plain.split("[=:]", 2);
				option = section + "." + parts[0].strip().toLowerCase(Locale.ROOT);
				this.file.put(option, parts[1].strip());
			}
		}
		this.file.replaceAll(this::interpolate);
	}

	private Object interpolate(String option, Object value) {
		String section = option.substring(0, option.indexOf('.') + 1);
		String text = Pattern.compile("%\\(([^)]+)\\)s")
			.matcher(value.toString())
			.replaceAll((match) -> String.valueOf(this.file.get(section + match.group(1))));
		this.malformed |= YAML_KEYS.containsKey(option) && text.replace("%%", "").contains("%");
		return text.replace("%%", "%");
	}

	boolean isMalformed() {
		return this.malformed;
	}

	/** The strongest value, text or what YAML makes of it, or {@code null} if not set. */
	@Nullable Object get(String name) {
		String variable = this.variables.get("FLYTE_" + name.replace('.', '_').toUpperCase(Locale.ROOT));
		return (variable != null) ? variable : this.file.get(name);
	}

	String text(String name) {
		Object value = get(name);
		return (value != null) ? value.toString() : "";
	}

	String variable(String name) {
		return this.variables.getOrDefault(name, "");
	}

}
