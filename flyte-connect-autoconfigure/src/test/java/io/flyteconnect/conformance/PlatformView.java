package io.flyteconnect.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.ClientSecret;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.HttpProxy;
import io.flyteconnect.config.PlatformConfig;

/**
 * Our settings, and those that flytekit recorded, in one and the same form: absolute
 * paths, proxies by their parts, modes by what they mean.
 */
final class PlatformView {

	private PlatformView() {
	}

	static Map<String, Object> of(PlatformConfig config) {
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
		secrets.put("default_dir", config.secrets().defaultDir().toString());
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
	static Map<String, Object> ofFlytekit(Map<String, Object> expected, Path folder) {
		Map<String, Object> platform = new LinkedHashMap<>(map(expected.get("platform")));
		platform.remove("rpc_retries");
		platform.replaceAll((key, value) -> switch (key) {
			case "ca_cert_file_path" -> path(value, folder);
			case "http_proxy_url" -> (value != null) ? proxy(URI.create((String) value)) : null;
			case "command", "proxy_command", "scopes" -> Objects.requireNonNullElse(value, List.of());
			default -> value;
		});
		Map<String, Object> secrets = new LinkedHashMap<>(map(expected.get("secrets")));
		secrets.computeIfPresent("default_dir", (key, value) -> path(value, folder));
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("platform", platform);
		view.put("secrets", secrets);
		view.put("auth_type", expected.get("auth_type"));
		view.put("config_source", expected.get("config_source"));
		return view;
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(@Nullable Object value) {
		return (value != null) ? (Map<String, Object>) value : Map.of();
	}

	private static @Nullable Object path(@Nullable Object value, Path folder) {
		return (value != null) ? folder.resolve((String) value).toString() : null;
	}

	private static @Nullable Object proxy(@Nullable HttpProxy proxy) {
		return (proxy != null) ? proxy.host() + "|" + proxy.port() + "|" + proxy.username() + "|" + proxy.password()
				: null;
	}

	private static Object proxy(URI url) {
		String[] user = (url.getUserInfo() != null) ? url.getUserInfo().split(":", 2) : new String[0];
		return url.getHost() + "|" + ((url.getPort() > 0) ? url.getPort() : 80) + "|"
				+ ((user.length > 0) ? user[0] : null) + "|" + ((user.length > 1) ? user[1] : null);
	}

}
