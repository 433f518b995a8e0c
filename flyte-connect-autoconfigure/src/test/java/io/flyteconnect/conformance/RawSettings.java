package io.flyteconnect.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a case sets, as plainly as it can be read: to tell, independently of the code
 * under test, which rule a case is about. Of INI files only plain lines are understood.
 */
final class RawSettings {

	private static final Map<String, String> YAML_KEYS = Map.of("platform.url", "endpoint", "platform.insecure",
			"insecure", "platform.insecure_skip_verify", "insecureSkipVerify", "credentials.auth_mode", "authType",
			"credentials.client_secret_location", "clientSecretLocation", "credentials.client_secret_env_var",
			"clientSecretEnvVar", "credentials.command", "command", "credentials.proxy_command", "proxyCommand",
			"credentials.scopes", "scopes");

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
		for (String line : text.lines().map(String::strip).toList()) {
			if (line.startsWith("[") && line.indexOf(']') > 0) {
				section = line.substring(1, line.indexOf(']'));
			}
			else if (line.matches("[^#;=:]+[=:].*")) {
				String[] parts = line.split("[=:]", 2);
				this.file.put(section + "." + parts[0].strip().toLowerCase(Locale.ROOT), parts[1].strip());
			}
		}
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
