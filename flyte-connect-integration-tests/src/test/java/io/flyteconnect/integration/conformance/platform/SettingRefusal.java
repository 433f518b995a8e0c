package io.flyteconnect.integration.conformance.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.ConformanceCase;

/**
 * Tells whether the startup is refused for what a case sets.
 *
 * @param property the property that is named
 * @param rule the rule, or {@code null} where flytekit fails as well
 */
record SettingRefusal(String property, @Nullable String rule) {

	private static final String FILE = "flyte.config-file";

	/** The names of the modes, as an enumeration is bound. */
	private static final Set<String> MODES = Set.of("pkce", "clientcredentials", "externalcommand", "deviceflow",
			"none");

	private static final List<String> BOOLEANS = List.of("insecure", "insecure_skip_verify");

	private static final Set<String> TEXTS = Set.of("platform.ca_cert_file_path", "platform.console_endpoint",
			"platform.http_proxy_url", "credentials.auth_mode", "credentials.client_id", "credentials.audience",
			"credentials.client_secret_location", "credentials.client_secret_env_var");

	private static final Set<String> GO_KEYS = Set.of("authorizationHeader", "tokenUrl", "useAudienceFromAdmin",
			"tokenRefreshWindow", "pkceConfig.timeout", "pkceConfig.refreshTime", "deviceFlowConfig.timeout",
			"deviceFlowConfig.refreshTime", "deviceFlowConfig.pollInterval", "maxRetries", "perRetryTimeout",
			"maxBackoffDelay", "maxMessageSizeBytes", "defaultServiceConfig");

	private static final List<String> GO_DURATIONS = GO_KEYS.stream()
		.filter((name) -> name.matches(".*(Window|imeout|Time|nterval|Delay)"))
		.toList();

	private static final Set<String> LISTS = Set.of("credentials.scopes", "credentials.command",
			"credentials.proxy_command");

	/**
	 * Look for what is refused. Several settings may be wrong at once: the one that is
	 * looked at first is named. The file comes first, then what is bound, by sections and
	 * names in the order of the alphabet, then what the texts mean.
	 * @param conformanceCase the case
	 * @param raw what it sets
	 * @param secret the secret of a file or a variable
	 * @return the refusal, or {@code null} if nothing is refused
	 */
	static @Nullable SettingRefusal of(ConformanceCase conformanceCase, RawSettings raw, PlacedSecret secret) {
		return Stream
			.<Supplier<@Nullable SettingRefusal>>of(() -> ofFile(conformanceCase, raw), () -> ofMode(raw, false),
					() -> ofGoWords(raw), () -> ofConsole(raw, false), () -> ofBooleans(raw), () -> ofMode(raw, true),
					() -> ofEndpoint(raw), () -> ofSecret(raw, secret), () -> ofCommands(raw), () -> ofProxy(raw),
					() -> ofConsole(raw, true), () -> ofGoTexts(raw))
			.map(Supplier::get)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static @Nullable SettingRefusal ofBooleans(RawSettings raw) {
		for (String name : BOOLEANS) {
			if (!(raw.get("platform." + name) instanceof List)
					&& !SettingWords.isBoolean(raw.text("platform." + name))) {
				return new SettingRefusal("flyte.platform." + name.replace('_', '-'), "strict-boolean");
			}
		}
		return null;
	}

	// A word with stray signs around a mode's name can be bound, and is refused later.
	private static @Nullable SettingRefusal ofMode(RawSettings raw, boolean bound) {
		String mode = raw.text("credentials.auth_mode");
		if (mode.isBlank() || SettingWords.mode(mode) != null) {
			return null;
		}
		String letters = mode.replaceAll("[^\\p{L}\\p{Nd}]", "").toLowerCase(Locale.ROOT);
		return (bound == MODES.contains(letters)) ? new SettingRefusal("flyte.credentials.auth-mode", "strict-mode")
				: null;
	}

	private static @Nullable SettingRefusal ofSecret(RawSettings raw, PlacedSecret secret) {
		String mode = raw.text("credentials.auth_mode");
		boolean needed = mode.isBlank() || "CLIENT_CREDENTIALS".equals(SettingWords.mode(mode));
		return (needed && secret.isPlaced() && secret.text().isBlank())
				? new SettingRefusal(secret.property(), "strict-secret") : null;
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
		if (isCollection(raw.ofFile("platform.url"), true)) {
			return new SettingRefusal(FILE, "endpoint-form");
		}
		if (BOOLEANS.stream().anyMatch((name) -> isCollection(raw.ofFile("platform." + name), false))) {
			return new SettingRefusal(FILE, "strict-boolean");
		}
		if (TEXTS.stream().anyMatch((name) -> isCollection(raw.ofFile(name), false)) || LISTS.stream()
			.anyMatch((name) -> !(raw.ofFile(name) instanceof List) && isCollection(raw.ofFile(name), false))) {
			return new SettingRefusal(FILE, "strict-type");
		}
		if (GO_KEYS.stream().anyMatch((name) -> isCollection(raw.goKey(name), false))
				|| GO_DURATIONS.stream().anyMatch((name) -> !isDuration(raw.goText(name)))
				|| raw.goText("pkceConfig") != null || raw.goText("deviceFlowConfig") != null) {
			return new SettingRefusal(FILE, "go-keys");
		}
		boolean nested = LISTS.stream()
			.anyMatch((name) -> raw.ofFile(name) instanceof List<?> list
					&& list.stream().anyMatch((item) -> isCollection(item, true)));
		return nested ? new SettingRefusal(FILE, "list-items") : null;
	}

	private static @Nullable SettingRefusal ofGoWords(RawSettings raw) {
		String word = raw.goText("useAudienceFromAdmin");
		return (word != null && !SettingWords.isBoolean(word))
				? new SettingRefusal("flyte.credentials.use-audience-from-admin", "go-keys") : null;
	}

	private static boolean isDuration(@Nullable String text) {
		return text == null || text.strip().matches("[+-]?(0|((\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|ms|s|m|h))+)");
	}

	private static @Nullable SettingRefusal ofGoTexts(RawSettings raw) {
		String window = raw.goText("tokenRefreshWindow");
		if (window != null && window.strip().startsWith("-")) {
			return new SettingRefusal("flyte.credentials.token-refresh-window", "go-keys");
		}
		String header = raw.goText("authorizationHeader");
		if (header != null && !header.matches("[0-9A-Za-z_.-]+")) {
			return new SettingRefusal("flyte.credentials.authorization-header", "go-keys");
		}
		String url = raw.goText("tokenUrl");
		return (url != null && !SettingWords.isPage(url)) ? new SettingRefusal("flyte.credentials.token-url", "go-keys")
				: null;
	}

	// To flytekit an empty list or map is the same as nothing.
	private static boolean isCollection(@Nullable Object value, boolean evenEmpty) {
		return value instanceof Collection<?> items && (evenEmpty || !items.isEmpty())
				|| value instanceof Map<?, ?> map && (evenEmpty || !map.isEmpty()) || value instanceof Object[];
	}

	private static @Nullable SettingRefusal ofCommands(RawSettings raw) {
		for (String name : List.of("command", "proxy_command")) {
			if (raw.get("credentials." + name) instanceof String text && SettingWords.command(text) == null) {
				return new SettingRefusal("flyte.credentials." + name.replace('_', '-'), "list-items");
			}
		}
		return null;
	}

	private static @Nullable SettingRefusal ofEndpoint(RawSettings raw) {
		boolean insecure = SettingWords.isTrue(raw.text("platform.insecure"));
		boolean refused = raw.get("platform.url") != null
				&& SettingWords.endpoint(raw.text("platform.url"), insecure) == null;
		return refused ? new SettingRefusal("flyte.platform.url", "endpoint-form") : null;
	}

	private static @Nullable SettingRefusal ofProxy(RawSettings raw) {
		String proxy = raw.text("platform.http_proxy_url");
		return (!proxy.isBlank() && SettingWords.proxy(proxy) == null)
				? new SettingRefusal("flyte.platform.http-proxy-url", "url-form") : null;
	}

	// What is a URI, but no page, can be bound, and is refused later.
	private static @Nullable SettingRefusal ofConsole(RawSettings raw, boolean bound) {
		String console = raw.text("platform.console_endpoint").strip();
		boolean refused = !console.isEmpty() && !SettingWords.isPage(console) && bound == SettingWords.isUri(console);
		return refused ? new SettingRefusal("flyte.platform.console-endpoint", "url-form") : null;
	}

}
