package io.flyteconnect.internal.config;

import java.nio.file.InvalidPathException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.credentials.ApiKey;
import io.flyteconnect.internal.config.credentials.CredentialsProperties;
import io.flyteconnect.internal.config.credentials.FileClientSecret;
import io.flyteconnect.internal.config.credentials.VariableClientSecret;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.config.text.EndpointParser;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Rejects settings that contradict an API key. Endpoint, client and auth mode always come
 * from the key, whatever the precedence of other settings, so that its secret is sent to
 * no other cluster. A token endpoint, or a setting that weakens the transport, is only
 * accepted from the source of the key or from one of higher precedence; a weak transport
 * is also accepted beside the same endpoint. A setting with the same value as the key
 * does not contradict it.
 */
final class ApiKeyCheck {

	private final ApiKey apiKey;

	private final PropertyLookup lookup;

	private final ProcessEnvironment process;

	/** The settings that contradict the key, each with its value. */
	private final Map<String, String> contradictions = new LinkedHashMap<>();

	ApiKeyCheck(ApiKey apiKey, PropertyLookup lookup, ProcessEnvironment process) {
		this.apiKey = apiKey;
		this.lookup = lookup;
		this.process = process;
	}

	/**
	 * Check the settings against the key.
	 * @param endpoint the endpoint of the key
	 * @param properties the settings as they are written
	 * @throws InvalidFlyteConfigurationException if settings contradict the key; the
	 * message names all of them
	 */
	void check(Endpoint endpoint, ConnectionProperties properties) {
		PlatformProperties platform = properties.platform();
		refuse("platform.url", !sameEndpoint(endpoint, platform), "names another endpoint");
		CredentialsProperties credentials = properties.credentials();
		AuthMode mode = credentials.authMode();
		refuse("credentials.auth-mode", mode != null && mode != AuthMode.CLIENT_CREDENTIALS,
				"names another mode of login than client-credentials");
		refuse("credentials.client-id", differs(credentials.clientId(), this.apiKey.clientId()),
				"names another client");
		refuse("credentials.client-secret", differs(credentials.clientSecret(), this.apiKey.clientSecret()),
				"holds another client secret");
		refuse("credentials.client-secret-location", !sameSecret(file(credentials.clientSecretLocation())),
				"names another place of the client secret");
		refuse("credentials.client-secret-env-var", !sameSecret(variable(credentials.clientSecretEnvVar())),
				"names another place of the client secret");
		refuse("credentials.token-url",
				StringUtils.hasLength(credentials.tokenUrl())
						&& !this.lookup.isAtLeastAsStrong("credentials.token-url", "api-key"),
				"names a token endpoint, which the key's secret would go to");
		transport("platform.insecure", platform.insecure(), "calls in plaintext, which the key's secret would cross");
		transport("platform.insecure-skip-verify", platform.insecureSkipVerify(),
				"checks no certificate, so that the key's secret could go to anybody");
		transport("credentials.allow-insecure-token-url", credentials.allowInsecureTokenUrl(),
				"allows a token endpoint in plaintext, which the key's secret would cross");
		if (!this.contradictions.isEmpty()) {
			throw refusal();
		}
	}

	// Settings that describe how to reach another cluster do not apply to the cluster of
	// the key.
	private void transport(String name, boolean weak, String what) {
		boolean meant = this.lookup.isAtLeastAsStrong(name, "api-key")
				|| this.lookup.isInSameSource(name, "platform.url") && !this.contradictions.containsKey("platform.url");
		refuse(name, weak && !meant, what);
	}

	private void refuse(String name, boolean contradiction, String what) {
		if (contradiction) {
			this.contradictions.put(name, what);
		}
	}

	private InvalidFlyteConfigurationException refusal() {
		String key = described("api-key");
		List<String> names = List.copyOf(this.contradictions.keySet());
		String all = names.stream()
			.map((name) -> described(name) + " " + this.contradictions.get(name))
			.collect(Collectors.joining(", "));
		return this.lookup.invalid(names.get(0),
				all + ", beside " + key
						+ ". An API key is one thing: endpoint, client, secret and mode all come from it.",
				"Remove " + names.stream().map(this::described).collect(Collectors.joining(", "))
						+ " to use the key, or remove " + key + " to do without it. A setting that cannot be removed"
						+ " can be set empty, or to false, in a stronger place.");
	}

	private String described(String name) {
		String origin = this.lookup.origin(name);
		return this.lookup.property(name) + ((origin != null) ? " (" + origin + ")" : "");
	}

	// An invalid endpoint does not contradict the key, but is still an error.
	private boolean sameEndpoint(Endpoint endpoint, PlatformProperties platform) {
		if (!StringUtils.hasText(platform.url())) {
			return true;
		}
		try {
			Endpoint other = EndpointParser.parse(platform.url(), platform.insecure());
			return (endpoint.host() != null) ? endpoint.target().equalsIgnoreCase(other.target())
					: endpoint.target().equals(other.target());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean differs(@Nullable String text, String expected) {
		return StringUtils.hasText(text) && !text.strip().equals(expected.strip());
	}

	private boolean sameSecret(@Nullable ClientSecret secret) {
		try {
			return secret == null || secret.read().equals(this.apiKey.clientSecret());
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	private @Nullable ClientSecret file(@Nullable String location) {
		try {
			return StringUtils.hasText(location) ? new FileClientSecret(this.process.resolve(location)) : null;
		}
		catch (InvalidPathException ex) {
			throw this.lookup.invalid("credentials.client-secret-location", "It is no path: " + ex.getReason() + ".",
					"Remove it: the client secret comes from the API key.");
		}
	}

	private @Nullable ClientSecret variable(@Nullable String name) {
		return StringUtils.hasText(name) ? new VariableClientSecret(name.strip(), this.process) : null;
	}

}
