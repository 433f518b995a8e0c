package io.flyteconnect.integration.conformance.platform;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.PlatformConfig;

/**
 * Our settings, and those that flytekit recorded, in one and the same form: absolute
 * paths, proxies by their parts, modes by what they mean.
 */
public final class PlatformView {

	private PlatformView() {
	}

	public static Map<String, Object> of(PlatformConfig config) {
		CredentialSettings credentials = config.credentials();
		Map<String, Object> platform = new LinkedHashMap<>();
		platform.put("endpoint", config.endpoint().text());
		platform.put("insecure", config.tls().insecure());
		platform.put("insecure_skip_verify", config.tls().insecureSkipVerify());
		platform.put("ca_cert_file_path", Objects.toString(config.tls().caCertFilePath(), null));
		platform.put("console_endpoint", Objects.toString(config.consoleEndpoint(), null));
		platform.put("http_proxy_url", proxy(config.httpProxy().proxy()));
		platform.put("client_id", credentials.clientId());
		ClientSecret secret = credentials.clientSecret();
		platform.put("client_credentials_secret", (secret != null) ? secret.read() : null);
		platform.put("command", credentials.command());
		platform.put("proxy_command", credentials.proxyCommand());
		platform.put("scopes", credentials.scopes());
		platform.put("audience", credentials.audience());
		platform.put("auth_mode", credentials.authMode().name());
		Map<String, Object> secrets = new LinkedHashMap<>();
		secrets.put("default_dir", config.secrets().folder().toString());
		secrets.put("env_prefix", config.secrets().envPrefix());
		secrets.put("file_prefix", config.secrets().filePrefix());
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("platform", platform);
		view.put("secrets", secrets);
		view.put("auth_type", credentials.authMode().name());
		view.put("config_source", config.configSource());
		return view;
	}

	/**
	 * What flytekit recorded, in our form.
	 * @param expected the record of flytekit
	 * @param folder the working directory of the case
	 * @return the record without what other rules replace: {@code rpc_retries}
	 */
	public static Map<String, Object> ofFlytekit(Map<String, Object> expected, Path folder) {
		Map<String, Object> platform = new LinkedHashMap<>(map(expected.get("platform")));
		platform.remove("rpc_retries");
		platform.replaceAll((key, value) -> value(key, value, folder));
		Map<String, Object> secrets = new LinkedHashMap<>(map(expected.get("secrets")));
		secrets.computeIfPresent("default_dir", (key, value) -> path(value, folder));
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("platform", platform);
		view.put("secrets", secrets);
		view.put("auth_type", expected.get("auth_type"));
		Object source = expected.get("config_source");
		view.put("config_source", (source instanceof String) ? path(source, folder) : source);
		return view;
	}

	/**
	 * A field in our form.
	 * @param key the field
	 * @param value its value
	 * @param folder the working directory of the case
	 * @return the value as text, list of texts or boolean
	 */
	public static @Nullable Object value(String key, @Nullable Object value, Path folder) {
		return switch (key) {
			case "ca_cert_file_path" -> path(value, folder);
			case "http_proxy_url" -> (value != null) ? proxy(value.toString()) : null;
			case "command", "proxy_command", "scopes" -> texts(value);
			case "insecure", "insecure_skip_verify" ->
				(value instanceof Number number) ? number.intValue() != 0 : value;
			default -> (value == null || value instanceof Map || value instanceof List) ? value : value.toString();
		};
	}

	/**
	 * Python keeps the types that YAML gives to words without quotes; what is sent is
	 * text.
	 */
	public static @Nullable Object texts(@Nullable Object value) {
		if (value instanceof List<?> list) {
			return list.stream()
				.map((item) -> (item instanceof List || item instanceof Map) ? item : Objects.toString(item, ""))
				.toList();
		}
		return (value != null) ? value : List.of();
	}

	@SuppressWarnings("unchecked")
	public static Map<String, Object> map(@Nullable Object value) {
		return (value != null) ? (Map<String, Object>) value : Map.of();
	}

	private static @Nullable Object path(@Nullable Object value, Path folder) {
		return (value != null) ? folder.resolve(value.toString()).toString() : null;
	}

	public static @Nullable Object proxy(@Nullable HttpProxy proxy) {
		return (proxy != null) ? proxy.host() + "|" + proxy.port() + "|" + proxy.username() + "|" + proxy.password()
				: null;
	}

	/** A URL of flytekit in the same form; what is none stays as it is. */
	public static String proxy(String text) {
		return Objects.requireNonNullElse(SettingWords.proxy(text), text);
	}

}
