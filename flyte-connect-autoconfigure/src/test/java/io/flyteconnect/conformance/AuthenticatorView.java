package io.flyteconnect.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.ClientSecret;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.PlatformConfig;

/**
 * How a connection logs in, as flytekit recorded it of its authenticators. What follows
 * from the settings alone is compared; the rest is up to the login itself.
 */
final class AuthenticatorView {

	/** Compared. */
	static final Set<String> FROM_SETTINGS = Set.of("class", "cmd", "client_secret", "verify");

	/** Pending: these depend on what the server publishes. */
	static final Set<String> PENDING = Set.of("header_key", "scopes", "audience", "token_endpoint",
			"device_auth_endpoint", "client_id", "http_proxy_url");

	private static final Map<AuthMode, String> CLASSES = Map.of(AuthMode.PKCE, "PKCEAuthenticator",
			AuthMode.CLIENT_CREDENTIALS, "ClientCredentialsAuthenticator", AuthMode.EXTERNAL_COMMAND,
			"CommandAuthenticator", AuthMode.DEVICE_FLOW, "DeviceCodeAuthenticator");

	private AuthenticatorView() {
	}

	static Map<String, @Nullable Object> of(PlatformConfig config) {
		CredentialSettings credentials = config.credentials();
		Map<String, @Nullable Object> view = new LinkedHashMap<>();
		view.put("class", CLASSES.get(credentials.authMode()));
		if (credentials.authMode() == AuthMode.EXTERNAL_COMMAND) {
			view.put("cmd", credentials.command());
			return view;
		}
		ClientSecret secret = credentials.clientSecret();
		if (credentials.authMode() == AuthMode.CLIENT_CREDENTIALS && secret != null) {
			view.put("client_secret", secret.read());
		}
		view.put("verify", config.tls().insecureSkipVerify() ? Boolean.FALSE
				: Objects.toString(config.tls().caCertFilePath(), null));
		return view;
	}

	/**
	 * What flytekit recorded, as far as it follows from the settings; by the rules where
	 * these give another mode of login.
	 * @param conformanceCase the case
	 * @param derived our answer by the rules
	 * @return the fields
	 */
	static Map<String, @Nullable Object> ofFlytekit(ConformanceCase conformanceCase,
			DeliberateDifferences.Derived derived) {
		Map<String, Object> platform = PlatformView.map(derived.answer().get("platform"));
		Map<String, Object> recorded = PlatformView.map(conformanceCase.expected().get("authenticator"));
		String type = CLASSES.get(AuthMode.valueOf((String) platform.get("auth_mode")));
		Map<String, @Nullable Object> view = new LinkedHashMap<>();
		boolean same = derived.rules().isEmpty() && !recorded.containsKey("error");
		view.put("class", same ? recorded.get("class") : type);
		if ("CommandAuthenticator".equals(type)) {
			view.put("cmd", same ? recorded.get("cmd") : platform.get("command"));
			return view;
		}
		if ("ClientCredentialsAuthenticator".equals(type)) {
			view.put("client_secret", same ? recorded.get("client_secret") : platform.get("client_credentials_secret"));
		}
		Object verify = recorded.get("verify");
		view.put("verify", (verify instanceof String path)
				? conformanceCase.folder().resolve("cwd").resolve(path).toString() : verify);
		return view;
	}

	static List<String> fields(Map<String, Object> expected) {
		return PlatformView.map(expected.get("authenticator"))
			.keySet()
			.stream()
			.filter((field) -> !field.equals("error"))
			.toList();
	}

}
