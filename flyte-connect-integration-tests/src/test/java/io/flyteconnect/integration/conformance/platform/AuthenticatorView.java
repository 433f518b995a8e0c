package io.flyteconnect.integration.conformance.platform;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.wire.WireRule;
import io.flyteconnect.internal.client.LoginView;

/**
 * How a connection logs in, as flytekit recorded it of its authenticators: what follows
 * from the settings, and what a login makes of them and of what the server publishes.
 */
final class AuthenticatorView {

	/** Every field is compared. */
	static final Set<String> FIELDS = Set.of("class", "cmd", "client_secret", "verify", "header_key", "scopes",
			"audience", "token_endpoint", "device_auth_endpoint", "client_id", "http_proxy_url");

	/** What the server of the recordings publishes where a case does not say. */
	private static final Map<String, Object> PUBLISHED = Map.of("scopes", List.of("server-scope"), "audience",
			"server-audience");

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
	 * What a login of ours uses, field by field of the record.
	 * @param conformanceCase the case
	 * @param config the settings
	 * @return the fields that flytekit recorded, with our values
	 */
	static Map<String, @Nullable Object> login(ConformanceCase conformanceCase, PlatformConfig config) {
		Map<String, Object> published = new LinkedHashMap<>(PUBLISHED);
		published.putAll(PlatformView.map(conformanceCase.description().get("server_metadata")));
		Map<String, @Nullable Object> view = LoginView.of(config.credentials(), list(published.get("scopes")),
				text(published.get("audience")), text(published.get("header_key")));
		view.put("http_proxy_url", PlatformView.proxy(config.httpProxy().proxy()));
		view.keySet().retainAll(recorded(conformanceCase).keySet());
		view.keySet().removeAll(replaced(config));
		return view;
	}

	/**
	 * The same of flytekit.
	 * @param conformanceCase the case
	 * @param config our settings, for what they replace
	 * @return the fields that are compared, with flytekit's values
	 */
	static Map<String, @Nullable Object> loginOfFlytekit(ConformanceCase conformanceCase, PlatformConfig config) {
		Map<String, @Nullable Object> view = new LinkedHashMap<>(recorded(conformanceCase));
		view.keySet()
			.retainAll(Set.of("header_key", "scopes", "audience", "token_endpoint", "device_auth_endpoint", "client_id",
					"http_proxy_url"));
		view.computeIfPresent("http_proxy_url", (field, url) -> PlatformView.proxy((String) url));
		if (isProxyDropped(conformanceCase, config)) {
			view.put("http_proxy_url", configuredProxy(conformanceCase));
		}
		if (view.containsKey("audience")) {
			view.put("audience", text(view.get("audience")));
		}
		view.computeIfPresent("scopes", (field, scopes) -> PlatformView.texts(scopes));
		view.keySet().removeAll(replaced(config));
		if (isConfiguredClient(config)) {
			view.computeIfPresent("client_id", (field, published) -> config.credentials().clientId());
		}
		return view;
	}

	/**
	 * flytekit's authenticator for PKCE learns scopes and metadata key only when it logs
	 * in. Its client credentials ask for the published audience, which ours do where
	 * {@code use-audience-from-admin} is set.
	 */
	private static Set<String> replaced(PlatformConfig config) {
		return switch (config.credentials().authMode()) {
			case PKCE -> Set.of("scopes", "header_key");
			case CLIENT_CREDENTIALS ->
				(config.credentials().audience() == null) ? Set.of("audience") : Set.<String>of();
			default -> Set.of();
		};
	}

	/**
	 * Whether flytekit's authenticator, that for a browser or for a command, drops a
	 * proxy that is configured (rule "everywhere").
	 */
	private static boolean isProxyDropped(ConformanceCase conformanceCase, PlatformConfig config) {
		AuthMode mode = config.credentials().authMode();
		return (mode == AuthMode.PKCE || mode == AuthMode.EXTERNAL_COMMAND)
				&& recorded(conformanceCase).get("http_proxy_url") == null && configuredProxy(conformanceCase) != null;
	}

	/** The proxy of the settings, as flytekit recorded it. */
	private static @Nullable Object configuredProxy(ConformanceCase conformanceCase) {
		Object url = PlatformView.map(conformanceCase.expected().get("platform")).get("http_proxy_url");
		return (url != null) ? PlatformView.proxy(url.toString()) : null;
	}

	/** Whether a person logs in with the configured client (rule "client-id"). */
	private static boolean isConfiguredClient(PlatformConfig config) {
		return config.credentials().authMode() == AuthMode.DEVICE_FLOW && config.credentials().clientId() != null;
	}

	/**
	 * The rules that a login differs from flytekit's by, besides those of the settings.
	 * @param conformanceCase the case
	 * @param config the settings
	 * @return the names of the rules
	 */
	static Set<String> rules(ConformanceCase conformanceCase, PlatformConfig config) {
		boolean other = !Objects.equals(recorded(conformanceCase).get("client_id"), config.credentials().clientId());
		Set<String> rules = new LinkedHashSet<>();
		if (isConfiguredClient(config) && other) {
			rules.add(WireRule.CLIENT_ID.id());
		}
		if (isProxyDropped(conformanceCase, config)) {
			rules.add(WireRule.EVERYWHERE.id());
		}
		return rules;
	}

	private static Map<String, Object> recorded(ConformanceCase conformanceCase) {
		return PlatformView.map(conformanceCase.expected().get("authenticator"));
	}

	// What is empty in a message of Flyte is absent.
	private static @Nullable String text(@Nullable Object value) {
		return (value != null && !value.equals("")) ? value.toString() : null;
	}

	private static List<String> list(@Nullable Object values) {
		return (values instanceof List<?> list) ? list.stream().map(Object::toString).toList() : List.of();
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
			view.put("cmd", same ? PlatformView.texts(recorded.get("cmd")) : platform.get("command"));
			return view;
		}
		if ("ClientCredentialsAuthenticator".equals(type)) {
			view.put("client_secret", same ? recorded.get("client_secret") : platform.get("client_credentials_secret"));
		}
		Object path = platform.get("ca_cert_file_path");
		Object verify = Boolean.TRUE.equals(platform.get("insecure_skip_verify")) ? Boolean.FALSE : path;
		if (same && recorded.get("verify") instanceof Boolean) {
			verify = recorded.get("verify");
		}
		view.put("verify", verify);
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
