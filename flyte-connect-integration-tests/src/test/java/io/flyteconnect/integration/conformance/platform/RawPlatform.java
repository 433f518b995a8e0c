package io.flyteconnect.integration.conformance.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.ConformanceCase;

/**
 * What flytekit makes of the settings of a case, worked out: for cases that record
 * requests only, and where flytekit itself fails over a file that it would not need.
 */
public final class RawPlatform {

	private static final Map<String, String> MODES = Map.of("standard", "PKCE", "pkce", "PKCE", "basic",
			"CLIENT_CREDENTIALS", "client_credentials", "CLIENT_CREDENTIALS", "clientsecret", "CLIENT_CREDENTIALS",
			"external_process", "EXTERNAL_COMMAND", "externalcommand", "EXTERNAL_COMMAND", "deviceflow", "DEVICE_FLOW");

	private RawPlatform() {
	}

	/**
	 * Work out what a recording holds.
	 * @param conformanceCase the case
	 * @param raw what it sets
	 * @return the answer in the form of {@link PlatformView}
	 */
	public static Map<String, Object> answer(ConformanceCase conformanceCase, RawSettings raw) {
		Map<String, @Nullable Object> platform = of(conformanceCase, raw);
		platform.remove("mode");
		Map<String, @Nullable Object> record = new LinkedHashMap<>();
		record.put("platform", platform);
		record.put("config_source", raw.file());
		record.put("secrets", Map.of("env_prefix", secret(raw, "env_prefix", "_FSEC_"), "default_dir",
				secret(raw, "default_dir", "/etc/secrets"), "file_prefix", secret(raw, "file_prefix", "")));
		return PlatformView.ofFlytekit(record, conformanceCase.folder().resolve("cwd"));
	}

	private static String secret(RawSettings raw, String name, String absent) {
		String text = raw.text("secrets." + name);
		return text.isEmpty() ? absent : text;
	}

	/**
	 * Work out the settings.
	 * @param conformanceCase the case
	 * @param raw what it sets
	 * @return the fields of flytekit's {@code PlatformConfig}, and the {@code mode} that
	 * its words mean, which may be {@code null}
	 */
	public static Map<String, @Nullable Object> of(ConformanceCase conformanceCase, RawSettings raw) {
		String word = raw.text("credentials.auth_mode");
		String placed = placedSecret(conformanceCase, raw);
		Map<String, @Nullable Object> platform = new LinkedHashMap<>();
		String endpoint = raw.text("platform.url").replace("dns:///", "");
		platform.put("endpoint", endpoint.isEmpty() ? "localhost:30080" : endpoint);
		for (String flag : List.of("insecure", "insecure_skip_verify")) {
			platform.put(flag, SettingWords.isTrue(raw.text("platform." + flag)));
		}
		for (String name : List.of("console_endpoint", "http_proxy_url", "ca_cert_file_path")) {
			platform.put(name, text(raw, "platform." + name));
		}
		platform.put("client_id", text(raw, "credentials.client_id"));
		platform.put("client_credentials_secret", (placed != null) ? placed : text(raw, "credentials.client_secret"));
		platform.put("audience", text(raw, "credentials.audience"));
		for (String list : List.of("scopes", "command", "proxy_command")) {
			platform.put(list, items(raw.get("credentials." + list)));
		}
		platform.put("auth_mode", word);
		platform.put("mode", (placed != null) ? "CLIENT_CREDENTIALS"
				: MODES.get(word.isEmpty() ? "standard" : word.toLowerCase(Locale.ROOT)));
		return platform;
	}

	private static @Nullable String text(RawSettings raw, String name) {
		String text = raw.text(name);
		return text.isEmpty() ? null : text;
	}

	private static List<String> items(@Nullable Object value) {
		if (value instanceof String text) {
			return List.of(text.split(",", -1));
		}
		return (value instanceof List<?> list) ? list.stream().map(String::valueOf).toList() : List.of();
	}

	private static @Nullable String placedSecret(ConformanceCase conformanceCase, RawSettings raw) {
		String variable = raw.variable(raw.text("credentials.client_secret_env_var"));
		if (!variable.isEmpty()) {
			return variable;
		}
		try {
			Path file = conformanceCase.folder().resolve("cwd").resolve(raw.text("credentials.client_secret_location"));
			if (!Files.isRegularFile(file)) {
				return null;
			}
			String text = Files.readString(file, StandardCharsets.UTF_8);
			return text.endsWith("\n") ? text.strip() : text;
		}
		catch (IOException | InvalidPathException ex) {
			return null;
		}
	}

}
