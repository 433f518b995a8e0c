package io.flyteconnect.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The flags of the driver. A flag given twice counts as given the last time, and one that
 * is unknown is an error.
 */
final class LoadOptions {

	private static final Map<String, String> DEFAULTS = Map.ofEntries(Map.entry("mode", "steady"),
			Map.entry("grpc", ""), Map.entry("grpc-open", ""), Map.entry("http", ""), Map.entry("ca", ""),
			Map.entry("client-id", ""), Map.entry("client-secret", ""), Map.entry("auth", "client_credentials"),
			Map.entry("samples", ""), Map.entry("concurrency", "1"), Map.entry("rate", "50"), Map.entry("seconds", "5"),
			Map.entry("rounds", "3"), Map.entry("warmup", "0"), Map.entry("variants", "raw,bearer,auth"),
			Map.entry("timeout-ms", "10000"), Map.entry("oauth-proxy", ""), Map.entry("proxy-command", ""));

	private final Map<String, String> values = new LinkedHashMap<>(DEFAULTS);

	private final Map<String, String> properties = new LinkedHashMap<>();

	private LoadOptions() {
	}

	static LoadOptions parse(String... args) {
		LoadOptions options = new LoadOptions();
		for (String arg : args) {
			int equals = arg.indexOf('=');
			if (!arg.startsWith("--") || equals < 0) {
				throw new IllegalArgumentException("Not of the form --name=value: " + arg);
			}
			String name = arg.substring(2, equals);
			String value = arg.substring(equals + 1);
			if (name.startsWith("flyte.") || name.startsWith("logging.")) {
				options.properties.put(name, value);
			}
			else if (options.values.replace(name, value) == null) {
				throw new IllegalArgumentException("Unknown flag: --" + name);
			}
		}
		return options;
	}

	String mode() {
		return get("mode");
	}

	/** The port where calls need a token. */
	String endpoint() {
		return get("grpc");
	}

	/** The port where calls need none. */
	String openEndpoint() {
		return get("grpc-open");
	}

	String clientId() {
		return get("client-id");
	}

	String clientSecret() {
		return get("client-secret");
	}

	@Nullable Path certificate() {
		return get("ca").isEmpty() ? null : Path.of(get("ca"));
	}

	@Nullable Path samples() {
		return get("samples").isEmpty() ? null : Path.of(get("samples"));
	}

	int concurrency() {
		return number("concurrency");
	}

	int rate() {
		return number("rate");
	}

	int rounds() {
		return number("rounds");
	}

	Duration load() {
		return seconds("seconds");
	}

	Duration warmUp() {
		return seconds("warmup");
	}

	Duration timeout() {
		return Duration.ofMillis(number("timeout-ms"));
	}

	List<String> variants() {
		return List.of(get("variants").split(","));
	}

	/**
	 * The flags in the words of the starter. What no flag names stays at its default,
	 * unless a property is given in full.
	 */
	Map<String, String> properties() {
		Map<String, String> all = new LinkedHashMap<>();
		// The Flyte file of whoever runs the bench takes no part.
		all.put("flyte.config-file", "none");
		all.put("flyte.platform.url", endpoint());
		all.put("flyte.platform.insecure", String.valueOf(certificate() == null));
		put(all, "flyte.platform.ca-cert-file-path", get("ca"));
		put(all, "flyte.credentials.proxy-command", get("proxy-command"));
		if (!get("oauth-proxy").isEmpty()) {
			all.put("flyte.platform.http-proxy-url", get("oauth-proxy"));
			all.put("flyte.platform.http-proxy-scope", "oauth");
		}
		switch (get("auth")) {
			case "client_credentials" -> {
				all.put("flyte.credentials.auth-mode", "client-credentials");
				all.put("flyte.credentials.client-id", clientId());
				all.put("flyte.credentials.client-secret", clientSecret());
			}
			case "device" -> person(all, "device-flow");
			case "pkce" -> person(all, "pkce");
			default -> throw new IllegalArgumentException("Unknown --auth: " + get("auth"));
		}
		all.putAll(this.properties);
		return all;
	}

	// The bench plays the person, at no terminal.
	private static void person(Map<String, String> all, String mode) {
		all.put("flyte.credentials.auth-mode", mode);
		all.put("flyte.credentials.interactive", "always");
	}

	private static void put(Map<String, String> all, String property, String value) {
		if (!value.isEmpty()) {
			all.put(property, value);
		}
	}

	private Duration seconds(String name) {
		return Duration.ofMillis((long) (Double.parseDouble(get(name)) * 1000));
	}

	private int number(String name) {
		return Integer.parseInt(get(name));
	}

	private String get(String name) {
		return this.values.getOrDefault(name, "");
	}

}
