package io.flyteconnect.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Derives our answer from flytekit's by the rules of the README of the cases, from what
 * the case sets, so that cases without a recorded answer of ours can be judged, too.
 */
final class DeliberateDifferences {

	private static final Set<String> BOOLEAN_WORDS = Set.of("true", "on", "yes", "1", "false", "off", "no", "0", "");

	private static final Map<String, String> MODES = Map.ofEntries(Map.entry("standard", "PKCE"),
			Map.entry("pkce", "PKCE"), Map.entry("basic", "CLIENT_CREDENTIALS"),
			Map.entry("clientcredentials", "CLIENT_CREDENTIALS"), Map.entry("clientsecret", "CLIENT_CREDENTIALS"),
			Map.entry("externalprocess", "EXTERNAL_COMMAND"), Map.entry("externalcommand", "EXTERNAL_COMMAND"),
			Map.entry("deviceflow", "DEVICE_FLOW"), Map.entry("none", "NONE"));

	private final ConformanceCase conformanceCase;

	private final RawSettings raw;

	private final Map<String, Object> answer;

	private final Map<String, Object> platform;

	private final Set<String> rules = new LinkedHashSet<>();

	private DeliberateDifferences(ConformanceCase conformanceCase) throws IOException {
		this.conformanceCase = conformanceCase;
		this.raw = RawSettings.of(conformanceCase);
		this.answer = PlatformView.ofFlytekit(conformanceCase.expected(), conformanceCase.folder().resolve("cwd"));
		this.platform = PlatformView.map(this.answer.get("platform"));
	}

	/**
	 * Derive our answer.
	 * @param conformanceCase the case
	 * @return the answer, and the rules that it differs from flytekit's by
	 */
	static Derived derive(ConformanceCase conformanceCase) throws IOException {
		DeliberateDifferences differences = new DeliberateDifferences(conformanceCase);
		String refused = differences.refused();
		if (refused != null) {
			return new Derived(differences.rules, Map.of("error", refused));
		}
		if (differences.platform.containsKey("error")) {
			return new Derived(differences.rules, Map.of("error", "*"));
		}
		differences.apply();
		if (differences.isIncomplete()) {
			differences.answer.put("incomplete", true);
		}
		return new Derived(differences.rules, differences.answer);
	}

	/** The property that the startup is refused for, or {@code null}. */
	private @Nullable String refused() {
		String named = (this.conformanceCase.configFile() != null) ? this.conformanceCase.configFile()
				: this.raw.variable("FLYTECTL_CONFIG");
		Path cwd = this.conformanceCase.folder().resolve("cwd");
		if (!named.isEmpty() && !Files.isRegularFile(cwd.resolve(named))) {
			return rule("strict-file-named", "flyte.config-file");
		}
		if (this.raw.isMalformed()) {
			return rule("strict-file", "flyte.config-file");
		}
		for (String name : List.of("insecure", "insecure_skip_verify")) {
			String word = this.raw.text("platform." + name).strip().toLowerCase(Locale.ROOT);
			if (!BOOLEAN_WORDS.contains(word)) {
				return rule("strict-boolean", "flyte.platform." + name.replace('_', '-'));
			}
		}
		String mode = this.raw.text("credentials.auth_mode");
		if (!mode.isBlank() && mode(mode) == null) {
			return rule("strict-mode", "flyte.credentials.auth-mode");
		}
		if (this.raw.get("platform.url") != null && endpoint(this.raw.text("platform.url")) == null) {
			return rule("endpoint-form", "flyte.platform.url");
		}
		if (this.raw.get("credentials.scopes") instanceof List<?> list
				&& list.stream().anyMatch(List.class::isInstance)) {
			return rule("list-items", "flyte.config-file");
		}
		boolean needed = mode.isBlank() || "CLIENT_CREDENTIALS".equals(mode(mode));
		if (needed && isPlaced() && placedSecret().isBlank()) {
			return rule("strict-secret", this.raw.text("credentials.client_secret_env_var").isEmpty()
					? "flyte.credentials.client-secret-location" : "flyte.credentials.client-secret-env-var");
		}
		return null;
	}

	private void apply() {
		String word = this.raw.text("credentials.auth_mode");
		String mode = word.isBlank() ? "PKCE" : mode(word);
		if (isPlaced() && !placedSecret().isBlank() && !"NONE".equals(mode)) {
			mode = "CLIENT_CREDENTIALS";
			replace("trimmed-secret", "client_credentials_secret", placedSecret());
		}
		else if (word.isBlank() && this.platform.get("client_credentials_secret") != null) {
			mode = "CLIENT_CREDENTIALS";
			this.rules.add("direct-secret");
		}
		if (this.answer.get("auth_type") == null) {
			this.rules.add("NONE".equals(mode) ? "mode-none" : "strict-mode");
		}
		for (String name : List.of("insecure", "insecure_skip_verify")) {
			if (this.raw.get("platform." + name) instanceof String text) {
				String plain = text.strip().toLowerCase(Locale.ROOT);
				replace("strict-boolean", name, Set.of("true", "on", "yes", "1").contains(plain));
			}
		}
		this.platform.put("auth_mode", mode);
		this.answer.put("auth_type", mode);
		if (this.raw.get("platform.url") != null) {
			replace("endpoint-form", "endpoint", endpoint(this.raw.text("platform.url")));
		}
		replace("list-items", "scopes", scopes());
		replace("list-items", "command", command("command"));
		replace("list-items", "proxy_command", command("proxy_command"));
	}

	private void replace(String rule, String key, @Nullable Object value) {
		Object previous = this.platform.put(key, value);
		if (value != null && !value.equals(previous)) {
			this.rules.add(rule);
		}
	}

	private boolean isIncomplete() {
		return switch (String.valueOf(this.platform.get("auth_mode"))) {
			case "CLIENT_CREDENTIALS" ->
				this.platform.get("client_id") == null || this.platform.get("client_credentials_secret") == null;
			case "EXTERNAL_COMMAND" -> List.of().equals(this.platform.get("command"));
			default -> false;
		};
	}

	private boolean isPlaced() {
		return !this.raw.text("credentials.client_secret_env_var").isEmpty()
				|| !this.raw.text("credentials.client_secret_location").isEmpty();
	}

	private String placedSecret() {
		String variable = this.raw.text("credentials.client_secret_env_var");
		String text;
		try {
			text = !variable.isEmpty() ? this.raw.variable(variable)
					: Files.readString(this.conformanceCase.folder()
						.resolve("cwd")
						.resolve(this.raw.text("credentials.client_secret_location")), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return "";
		}
		return text.replaceFirst("^\uFEFF", "").replaceFirst("[\r\n]+$", "");
	}

	static @Nullable String mode(String word) {
		return MODES.get(word.strip().replaceAll("[-_]", "").toLowerCase(Locale.ROOT));
	}

	private @Nullable String endpoint(String text) {
		boolean insecure = Boolean.TRUE.equals(this.platform.get("insecure"));
		String endpoint = text.strip();
		if (endpoint.startsWith("dns:///")) {
			endpoint = endpoint.substring(7);
		}
		else if (endpoint.startsWith(insecure ? "http://" : "https://")) {
			endpoint = endpoint.substring(endpoint.indexOf("//") + 2).replaceFirst("/$", "");
		}
		else if (endpoint.startsWith("http://") || endpoint.startsWith("https://")) {
			return null;
		}
		else if (endpoint.matches("[a-z][a-z0-9+.-]*://.+|unix:.+|ipv[46]:.+")) {
			return endpoint;
		}
		return endpoint.matches("(\\[[0-9a-fA-F:.]+]|[\\p{L}0-9._-]+)(:\\d{1,5})?") ? endpoint : null;
	}

	@SuppressWarnings("unchecked")
	private List<String> scopes() {
		List<String> scopes = (List<String>) this.platform.getOrDefault("scopes", List.of());
		boolean text = this.raw.get("credentials.scopes") instanceof String;
		return scopes.stream()
			.map((scope) -> text ? scope.strip() : scope)
			.filter((scope) -> !scope.isEmpty())
			.toList();
	}

	@SuppressWarnings("unchecked")
	private List<String> command(String name) {
		Object value = this.raw.get("credentials." + name);
		if (!(value instanceof String text)) {
			return (List<String>) this.platform.getOrDefault(name, List.of());
		}
		if (text.contains(",") && !text.strip().contains(" ")) {
			return Stream.of(text.split(",")).map(String::strip).filter((word) -> !word.isEmpty()).toList();
		}
		List<String> words = new ArrayList<>();
		Matcher matcher = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|\\S)+").matcher(text);
		while (matcher.find()) {
			words.add(matcher.group().replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2"));
		}
		return words;
	}

	private String rule(String rule, String property) {
		this.rules.add(rule);
		return property;
	}

	/**
	 * Our answer.
	 *
	 * @param rules the rules that it differs from flytekit's by
	 * @param answer the answer in the form of {@link PlatformView}; or {@code error} with
	 * the property that the startup is refused for; {@code incomplete} where the login
	 * lacks something
	 */
	record Derived(Set<String> rules, Map<String, Object> answer) {

		Derived {
			answer = new LinkedHashMap<>(answer);
		}

	}

}
