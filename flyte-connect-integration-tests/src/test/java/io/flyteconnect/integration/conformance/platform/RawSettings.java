package io.flyteconnect.integration.conformance.platform;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.ConformanceCase;

/**
 * What a case sets, as plainly as it can be read: to tell, independently of the code
 * under test, which rule a case is about.
 */
public final class RawSettings {

	/** The settings by their INI names, with their keys in YAML where they have any. */
	private static final Map<String, String> KEYS = Map.ofEntries(Map.entry("platform.url", "admin.endpoint"),
			Map.entry("platform.insecure", "admin.insecure"),
			Map.entry("platform.insecure_skip_verify", "admin.insecureSkipVerify"),
			Map.entry("platform.ca_cert_file_path", "admin.caCertFilePath"),
			Map.entry("platform.console_endpoint", "console.endpoint"),
			Map.entry("platform.http_proxy_url", "admin.httpProxyURL"),
			Map.entry("credentials.auth_mode", "admin.authType"), Map.entry("credentials.client_id", "admin.clientId"),
			Map.entry("credentials.client_secret", ""),
			Map.entry("credentials.client_secret_location", "admin.clientSecretLocation"),
			Map.entry("credentials.client_secret_env_var", "admin.clientSecretEnvVar"),
			Map.entry("credentials.command", "admin.command"),
			Map.entry("credentials.proxy_command", "admin.proxyCommand"),
			Map.entry("credentials.scopes", "admin.scopes"), Map.entry("credentials.audience", "admin.audience"),
			Map.entry("secrets.env_prefix", ""), Map.entry("secrets.default_dir", ""),
			Map.entry("secrets.file_prefix", ""));

	private final Map<String, String> variables;

	private @Nullable RawYaml yaml;

	private @Nullable RawIni ini;

	private @Nullable String file;

	private boolean undecodable;

	private RawSettings(Map<String, String> variables) {
		this.variables = variables;
	}

	public static RawSettings of(ConformanceCase conformanceCase) throws IOException {
		RawSettings settings = new RawSettings(conformanceCase.variables());
		Path path = settings.find(conformanceCase);
		if (path != null && Files.isRegularFile(path)) {
			settings.file = path.toString();
			settings.read(path);
		}
		return settings;
	}

	private void read(Path path) throws IOException {
		try {
			String text = Files.readString(path, StandardCharsets.UTF_8);
			if (path.toString().endsWith("yaml") || path.toString().endsWith("yml")) {
				this.yaml = RawYaml.of(text);
			}
			else {
				this.ini = RawIni.of(text);
			}
		}
		catch (CharacterCodingException ex) {
			this.undecodable = true;
		}
	}

	private @Nullable Path find(ConformanceCase conformanceCase) {
		Path cwd = conformanceCase.folder().resolve("cwd");
		if (conformanceCase.configFile() != null) {
			return cwd.resolve(conformanceCase.configFile());
		}
		Path flyte = conformanceCase.folder().resolve("home/.flyte");
		String named = namedFile();
		return Stream
			.of(named.isEmpty() ? cwd.resolve("flytekit.config") : cwd.resolve(named), cwd.resolve("flytekit.config"),
					flyte.resolve("config"), flyte.resolve("config.yaml"))
			.filter(Files::exists)
			.findFirst()
			.orElse(null);
	}

	/** The file that a variable names, empty if none does. */
	public String namedFile() {
		return this.variables.getOrDefault("_FLYTECTL_CONFIG_PYFLYTE_OVERRIDE", variable("FLYTECTL_CONFIG"));
	}

	/** The file that is read, or {@code null}. */
	public @Nullable String file() {
		return this.file;
	}

	/** Whether the file is no UTF-8 text, which neither side takes. */
	public boolean isUndecodable() {
		return this.undecodable;
	}

	public boolean isMalformed() {
		RawYaml yaml = this.yaml;
		RawIni ini = this.ini;
		return yaml != null && yaml.isMalformed() || ini != null && KEYS.keySet().stream().anyMatch(ini::isBroken);
	}

	/**
	 * Whether the strongest value is of a file, and YAML makes something else of it than
	 * text.
	 */
	public boolean isTyped(String name) {
		return variableOf(name) == null && this.yaml != null && this.yaml.isTyped(KEYS.getOrDefault(name, ""));
	}

	/** Whether PyYAML stumbles over a word of the file that is a text to anybody else. */
	public boolean isStumble() {
		return this.yaml != null && this.yaml.isStumble();
	}

	/** The strongest value as it is written, or {@code null} if not set. */
	public @Nullable Object get(String name) {
		Object variable = variableOf(name);
		return (variable != null) ? variable : ofFile(name);
	}

	/** The value of the file as it is written, whatever is stronger, or {@code null}. */
	public @Nullable Object ofFile(String name) {
		if (this.ini != null) {
			return this.ini.value(name);
		}
		Object written = (this.yaml != null) ? this.yaml.written(KEYS.getOrDefault(name, "")) : null;
		boolean collection = written instanceof Collection || written instanceof Map;
		return (written == null || collection) ? written : written.toString();
	}

	/**
	 * A key below {@code admin} that flytekit does not know and Flyte's Go client does,
	 * as it is written, or {@code null}.
	 */
	@Nullable Object goKey(String name) {
		return (this.yaml != null) ? this.yaml.written("admin." + name) : null;
	}

	/** The same where it is a text, {@code null} where it is blank. */
	public @Nullable String goText(String name) {
		return (goKey(name) instanceof String text && !text.isBlank()) ? text : null;
	}

	private @Nullable Object variableOf(String name) {
		Object relaxed = relaxed(name);
		return (relaxed != null) ? relaxed : this.variables.get(flytekitName(name));
	}

	/**
	 * The value of a variable that only Spring binds: without the underscores within a
	 * name (its own form, which wins over flytekit's), with an index, or in any case and
	 * with other signs where flytekit's is not there.
	 */
	public @Nullable Object relaxed(String name) {
		int dot = name.indexOf('.');
		String own = "FLYTE_" + name.substring(0, dot).toUpperCase(Locale.ROOT) + "_"
				+ squeezed(name.substring(dot + 1));
		String flytekit = flytekitName(name);
		if (!own.equals(flytekit) && this.variables.containsKey(own)) {
			return this.variables.get(own);
		}
		if (this.variables.containsKey(flytekit)) {
			return null;
		}
		if (this.variables.containsKey(flytekit + "_0")) {
			return List.of(this.variables.get(flytekit + "_0"));
		}
		return this.variables.entrySet()
			.stream()
			.filter((variable) -> isForm(variable.getKey(), own))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	private static String flytekitName(String name) {
		return "FLYTE_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
	}

	// Prefix and section are elements of their own; what follows may be several.
	private static boolean isForm(String variable, String own) {
		List<String> elements = Stream.of(variable.split("[_.]"))
			.map(RawSettings::squeezed)
			.filter((element) -> !element.isEmpty())
			.toList();
		return elements.size() > 2 && own.equals(
				elements.get(0) + "_" + elements.get(1) + "_" + String.join("", elements.subList(2, elements.size())));
	}

	private static String squeezed(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
	}

	/** The strongest value where it is a text, else nothing. */
	public String text(String name) {
		return (get(name) instanceof String text) ? text : "";
	}

	/** The same as flytekit has it, which knows no other names of variables. */
	public String flytekit(String name) {
		String variable = this.variables.get(flytekitName(name));
		return (variable != null) ? variable : Objects.toString(ofFile(name), "");
	}

	public String variable(String name) {
		return this.variables.getOrDefault(name, "");
	}

}
