package io.flyteconnect.integration.conformance.platform;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.DifferenceRules;

/**
 * Derives our answer from flytekit's by the rules of the table of differences, from what
 * the case sets, so that cases without a recorded answer of ours can be judged, too.
 */
public final class DeliberateDifferences {

	private static final Set<String> UNREADABLE = Set.of("FileNotFoundError", "IsADirectoryError", "NotADirectoryError",
			"PermissionError", "UnicodeDecodeError");

	private final ConformanceCase conformanceCase;

	private final RawSettings raw;

	private final PlacedSecret placed;

	private final Map<String, Object> answer;

	private Map<String, Object> platform;

	private final Set<String> rules = new LinkedHashSet<>();

	private DeliberateDifferences(ConformanceCase conformanceCase) throws IOException {
		this.conformanceCase = conformanceCase;
		this.raw = RawSettings.of(conformanceCase);
		this.placed = PlacedSecret.of(conformanceCase, this.raw);
		this.answer = PlatformView.ofFlytekit(conformanceCase.expected(), conformanceCase.folder().resolve("cwd"));
		this.platform = PlatformView.map(this.answer.get("platform"));
	}

	/**
	 * Derive our answer.
	 * @param conformanceCase the case
	 * @return the answer, and the rules that it differs from flytekit's by
	 */
	public static Derived derive(ConformanceCase conformanceCase) throws IOException {
		DeliberateDifferences differences = new DeliberateDifferences(conformanceCase);
		SettingRefusal refusal = SettingRefusal.of(conformanceCase, differences.raw, differences.placed);
		if (refusal != null) {
			return new Derived((refusal.rule() != null) ? Set.of(refusal.rule()) : Set.of(),
					Map.of("error", refusal.property()));
		}
		if (differences.platform.containsKey("error") && !differences.isErrorOfFlytekitAlone()) {
			return new Derived(differences.rules, Map.of("error", "*"));
		}
		differences.apply();
		if (differences.isIncomplete()) {
			differences.answer.put("incomplete", true);
		}
		return new Derived(differences.rules, differences.answer);
	}

	private boolean isErrorOfFlytekitAlone() {
		String type = String.valueOf(PlatformView.map(this.platform.get("error")).get("type"));
		String location = this.raw.text("credentials.client_secret_location");
		boolean stumble = type.equals("ValueError") && this.raw.isStumble() || isNumberedPlace(type);
		if (!stumble && (!UNREADABLE.contains(type) || location.isEmpty())) {
			return false;
		}
		Map<String, Object> worked = RawPlatform.answer(this.conformanceCase, this.raw);
		this.platform = PlatformView.map(worked.get("platform"));
		if (stumble) {
			this.rules.add("as-written");
			this.answer.putAll(worked);
		}
		else {
			addRuleOfFile(location);
			this.answer.put("platform", this.platform);
		}
		this.answer.put("auth_type", "worked out");
		return true;
	}

	// What YAML makes a number of names no variable, and as a file an open one of the
	// process.
	private boolean isNumberedPlace(String type) {
		return switch (type) {
			case "TypeError" -> this.raw.isTyped("credentials.client_secret_env_var")
					|| this.raw.isTyped("credentials.client_secret_location");
			case "OSError" -> this.raw.isTyped("credentials.client_secret_location");
			default -> false;
		};
	}

	// flytekit reads the secret's file even where a variable or another mode beats it.
	private void addRuleOfFile(String location) {
		this.rules
			.add(this.placed.isVariable() ? "variable-first" : location.isBlank() ? "blank-is-unset" : "strict-secret");
	}

	private void apply() {
		applyMode();
		for (String name : List.of("insecure", "insecure_skip_verify")) {
			if (this.raw.get("platform." + name) instanceof String text) {
				replace("strict-boolean", "platform." + name, name, SettingWords.isTrue(text));
			}
		}
		if (this.raw.get("platform.url") != null) {
			boolean insecure = SettingWords.isTrue(this.raw.text("platform.insecure"));
			replace("endpoint-form", "platform.url", "endpoint",
					SettingWords.endpoint(this.raw.text("platform.url"), insecure));
		}
		for (String name : List.of("ca_cert_file_path", "console_endpoint", "http_proxy_url")) {
			applyText("platform." + name, name);
		}
		applySecrets();
		applyText("credentials.client_id", "client_id");
		applyText("credentials.audience", "audience");
		replace("list-items", "credentials.scopes", "scopes", scopes());
		replace("list-items", "credentials.command", "command", command("command"));
		replace("list-items", "credentials.proxy_command", "proxy_command", command("proxy_command"));
	}

	private void applySecrets() {
		Map<String, Object> secrets = PlatformView.map(this.answer.get("secrets"));
		for (String name : List.of("env_prefix", "default_dir", "file_prefix")) {
			Object value = this.raw.relaxed("secrets." + name);
			if (value != null) {
				this.rules.add("relaxed-variables");
				secrets.put(name, name.equals("default_dir")
						? this.conformanceCase.folder().resolve("cwd").resolve(value.toString()).toString() : value);
			}
		}
		String folder = this.raw.text("secrets.default_dir");
		if (folder.isBlank() && !folder.isEmpty()) {
			this.rules.add("blank-is-unset");
			secrets.put("default_dir", "/etc/secrets");
		}
	}

	private void applyMode() {
		if (this.raw.relaxed("credentials.auth_mode") != null) {
			this.rules.add("relaxed-variables");
		}
		String word = this.raw.text("credentials.auth_mode");
		String mode = word.isBlank() ? "PKCE" : SettingWords.mode(word);
		boolean found = this.placed.isPlaced() && !this.placed.text().isBlank();
		String direct = this.raw.text("credentials.client_secret");
		if (found && !"NONE".equals(mode)) {
			mode = "CLIENT_CREDENTIALS";
			replace("trimmed-secret", "", "client_credentials_secret", this.placed.text());
		}
		else if (word.isBlank() && !direct.isEmpty()) {
			mode = "CLIENT_CREDENTIALS";
			this.rules.add("direct-secret");
		}
		if (this.answer.get("auth_type") == null) {
			this.rules.add("NONE".equals(mode) ? "mode-none" : word.isBlank() ? "blank-is-unset" : "strict-mode");
		}
		else if (found && "NONE".equals(mode)) {
			this.rules.add("mode-none");
		}
		if (this.placed.isPlaced() && !found) {
			this.rules.add("strict-secret");
			this.platform.put("client_credentials_secret", direct.isEmpty() ? null : direct);
		}
		else if (!this.placed.isPlaced()) {
			replace("", "credentials.client_secret", "client_credentials_secret", direct.isEmpty() ? null : direct);
		}
		this.platform.put("auth_mode", mode);
		this.answer.put("auth_type", mode);
	}

	/** A text is taken as it is written, and a blank one as none. */
	private void applyText(String name, String key) {
		if (this.raw.get(name) instanceof String text) {
			boolean console = key.equals("console_endpoint");
			String ours = console ? text.strip() : text;
			if (text.isBlank()) {
				replace(text.isEmpty() ? "" : "blank-is-unset", name, key, null);
			}
			else {
				replace(console ? "url-form" : "", name, key,
						PlatformView.value(key, ours, this.conformanceCase.folder().resolve("cwd")));
			}
		}
	}

	private List<String> scopes() {
		Object value = this.raw.get("credentials.scopes");
		Stream<String> scopes = (value instanceof String text) ? Stream.of(text.split(",")).map(String::strip)
				: items(value).stream();
		return scopes.filter((scope) -> !scope.isEmpty()).toList();
	}

	private List<String> command(String name) {
		Object value = this.raw.get("credentials." + name);
		return (value instanceof String text) ? Objects.requireNonNull(SettingWords.command(text)) : items(value);
	}

	private static List<String> items(@Nullable Object value) {
		return (value instanceof List<?> list) ? list.stream().map((item) -> Objects.toString(item, "")).toList()
				: List.of();
	}

	/**
	 * Put our value in the place of flytekit's.
	 * @param rule the rule where nothing else explains the difference; without one there
	 * must not be any
	 * @param name the setting
	 * @param key the field
	 * @param value our value
	 */
	private void replace(String rule, String name, String key, @Nullable Object value) {
		if (Objects.equals(value, this.platform.get(key))) {
			return;
		}
		String reason = rule;
		if (!name.isEmpty() && this.raw.relaxed(name) != null) {
			reason = "relaxed-variables";
		}
		else if (!name.isEmpty() && this.raw.isTyped(name) && (this.raw.isStumble() || !rule.equals("endpoint-form"))) {
			reason = "as-written";
		}
		if (!reason.isEmpty()) {
			this.platform.put(key, value);
			this.rules.add(reason);
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

	/**
	 * Our answer.
	 *
	 * @param rules the rules that it differs from flytekit's by
	 * @param answer the answer in the form of {@link PlatformView}; or {@code error} with
	 * the property that the startup is refused for; {@code incomplete} where the login
	 * lacks something
	 */
	public record Derived(Set<String> rules, Map<String, Object> answer) {

		public Derived {
			rules = DifferenceRules.known(rules);
			answer = new LinkedHashMap<>(answer);
		}

	}

}
