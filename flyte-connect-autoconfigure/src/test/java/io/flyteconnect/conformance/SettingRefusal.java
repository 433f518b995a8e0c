package io.flyteconnect.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether the startup is refused for what a case sets.
 *
 * @param property the property that is named
 * @param rule the rule, or {@code null} where flytekit fails as well
 */
record SettingRefusal(String property, @Nullable String rule) {

	private static final String FILE = "flyte.config-file";

	private static final List<String> BOOLEANS = List.of("insecure", "insecure_skip_verify");

	private static final Set<String> TEXTS = Set.of("platform.ca_cert_file_path", "platform.console_endpoint",
			"platform.http_proxy_url", "credentials.auth_mode", "credentials.client_id", "credentials.audience",
			"credentials.client_secret_location", "credentials.client_secret_env_var");

	private static final Set<String> LISTS = Set.of("credentials.scopes", "credentials.command",
			"credentials.proxy_command");

	/**
	 * Look for what is refused.
	 * @param conformanceCase the case
	 * @param raw what it sets
	 * @param secret the secret of a file or a variable
	 * @return the file alone, or the settings that any one may be refused for first
	 */
	static List<SettingRefusal> all(ConformanceCase conformanceCase, RawSettings raw, PlacedSecret secret) {
		SettingRefusal file = ofFile(conformanceCase, raw);
		if (file != null) {
			return List.of(file);
		}
		return Stream.of(ofWords(raw, secret), ofPlaces(raw)).filter(Objects::nonNull).toList();
	}

	private static @Nullable SettingRefusal ofWords(RawSettings raw, PlacedSecret secret) {
		for (String name : BOOLEANS) {
			if (!(raw.get("platform." + name) instanceof List)
					&& !SettingWords.isBoolean(raw.text("platform." + name))) {
				return new SettingRefusal("flyte.platform." + name.replace('_', '-'), "strict-boolean");
			}
		}
		String mode = raw.text("credentials.auth_mode");
		if (!mode.isBlank() && SettingWords.mode(mode) == null) {
			return new SettingRefusal("flyte.credentials.auth-mode", "strict-mode");
		}
		boolean needed = mode.isBlank() || "CLIENT_CREDENTIALS".equals(SettingWords.mode(mode));
		if (needed && secret.isPlaced() && secret.text().isBlank()) {
			return new SettingRefusal(secret.property(), "strict-secret");
		}
		return null;
	}

	private static @Nullable SettingRefusal ofFile(ConformanceCase conformanceCase, RawSettings raw) {
		String named = (conformanceCase.configFile() != null) ? conformanceCase.configFile() : raw.namedFile();
		Path cwd = conformanceCase.folder().resolve("cwd");
		if (!named.isEmpty() && !Files.isRegularFile(cwd.resolve(named))) {
			return new SettingRefusal(FILE, "strict-file-named");
		}
		if (raw.isUndecodable()) {
			return new SettingRefusal(FILE, null);
		}
		if (raw.isMalformed()) {
			return new SettingRefusal(FILE, "strict-file");
		}
		if (isCollection(raw.get("platform.url"), true)) {
			return new SettingRefusal(FILE, "endpoint-form");
		}
		if (BOOLEANS.stream().anyMatch((name) -> isCollection(raw.get("platform." + name), false))) {
			return new SettingRefusal(FILE, "strict-boolean");
		}
		if (TEXTS.stream().anyMatch((name) -> isCollection(raw.get(name), false)) || LISTS.stream()
			.anyMatch((name) -> !(raw.get(name) instanceof List) && isCollection(raw.get(name), false))) {
			return new SettingRefusal(FILE, "strict-type");
		}
		boolean nested = LISTS.stream()
			.anyMatch((name) -> raw.get(name) instanceof List<?> list
					&& list.stream().anyMatch((item) -> isCollection(item, true)));
		return nested ? new SettingRefusal(FILE, "list-items") : null;
	}

	// To flytekit an empty list or map is the same as nothing.
	private static boolean isCollection(@Nullable Object value, boolean evenEmpty) {
		return value instanceof List<?> list && (evenEmpty || !list.isEmpty())
				|| value instanceof Map<?, ?> map && (evenEmpty || !map.isEmpty());
	}

	private static @Nullable SettingRefusal ofPlaces(RawSettings raw) {
		for (String name : List.of("command", "proxy_command")) {
			if (raw.get("credentials." + name) instanceof String text && SettingWords.command(text) == null) {
				return new SettingRefusal("flyte.credentials." + name.replace('_', '-'), "list-items");
			}
		}
		boolean insecure = SettingWords.isTrue(raw.text("platform.insecure"));
		if (raw.get("platform.url") != null && SettingWords.endpoint(raw.text("platform.url"), insecure) == null) {
			return new SettingRefusal("flyte.platform.url", "endpoint-form");
		}
		String proxy = raw.text("platform.http_proxy_url");
		if (!proxy.isBlank() && SettingWords.proxy(proxy) == null) {
			return new SettingRefusal("flyte.platform.http-proxy-url", "url-form");
		}
		String console = raw.text("platform.console_endpoint");
		if (!console.isBlank() && !SettingWords.isPage(console.strip())) {
			return new SettingRefusal("flyte.platform.console-endpoint", "url-form");
		}
		return null;
	}

}
