package io.flyteconnect.internal.config.credentials;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.config.text.AuthorizationHeader;
import io.flyteconnect.internal.config.text.CommandParser;
import io.flyteconnect.internal.config.text.Masked;
import io.flyteconnect.internal.config.text.SettingText;
import io.flyteconnect.internal.config.text.WebAddress;
import io.flyteconnect.internal.configfile.Excerpt;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Determines the auth mode of a connection and the place of its client secret.
 */
public final class CredentialsResolver {

	private static final Log logger = LogFactory.getLog(CredentialsResolver.class);

	private static final String SECRET = "credentials.client-secret";

	private static final String SECRET_LOCATION = "credentials.client-secret-location";

	private static final String SECRET_VARIABLE = "credentials.client-secret-env-var";

	private static final int SHORTEST_STORE_KEY = 16;

	private final String connection;

	private final ProcessEnvironment process;

	private final PropertyLookup lookup;

	public CredentialsResolver(String connection, ProcessEnvironment process, PropertyLookup lookup) {
		this.connection = connection;
		this.process = process;
		this.lookup = lookup;
	}

	public CredentialSettings resolve(CredentialsProperties properties, @Nullable ApiKey apiKey) {
		ClientSecret direct = direct(properties, apiKey);
		ClientSecret placed = (apiKey != null) ? null : placed(properties);
		AuthMode mode = (apiKey != null) ? AuthMode.CLIENT_CREDENTIALS : properties.authMode();
		if (placed != null && mode == AuthMode.NONE) {
			logger.info(message("auth-mode is none: the client secret from " + placed.description() + " is not used"));
		}
		else if (placed != null) {
			if (mode != null && mode != AuthMode.CLIENT_CREDENTIALS) {
				logger.info(message("logs in with client credentials: the client secret from " + placed.description()
						+ " wins over auth-mode " + mode.words().get(0)));
			}
			mode = AuthMode.CLIENT_CREDENTIALS;
		}
		else if (mode == null) {
			mode = (direct != null) ? AuthMode.CLIENT_CREDENTIALS : AuthMode.PKCE;
		}
		String clientId = SettingText.orNull(properties.clientId());
		return new CredentialSettings(mode, (apiKey != null) ? apiKey.clientId() : clientId,
				(placed != null) ? placed : direct, command("credentials.command", properties.command()),
				command("credentials.proxy-command", properties.proxyCommand()), scopes(properties.scopes()),
				SettingText.orNull(properties.audience()), tokenUrl(properties.tokenUrl()),
				properties.useAudienceFromAdmin(), header(properties.authorizationHeader()),
				properties.tokenRefreshWindow(), properties.commandTtl(), properties.requestTimeout(),
				properties.interactive(), properties.relay(),
				new CredentialSettings.IssuerSettings(issuer(properties.issuer()), properties.allowInsecureTokenUrl()),
				properties.pkce(), properties.deviceFlow(), store(properties), properties.clientAuthenticationMethod());
	}

	private CredentialSettings.StoreSettings store(CredentialsProperties properties) {
		String key = SettingText.orNull(properties.storeKey());
		if (key != null && key.length() < SHORTEST_STORE_KEY) {
			throw this.lookup.invalid("credentials.store-key",
					"The key has fewer than " + SHORTEST_STORE_KEY + " characters.",
					"Set " + this.lookup.property("credentials.store-key")
							+ " to a long random text, for example the output of 'openssl rand -hex 32'.");
		}
		String file = SettingText.orNull(properties.storeFile());
		try {
			return new CredentialSettings.StoreSettings(properties.store(), key,
					(file != null) ? this.process.resolve(file)
							: this.process.home()
								.resolve(".flyte-connect")
								.resolve("tokens")
								.resolve(this.connection.replaceAll("[^A-Za-z0-9_-]", "_")));
		}
		catch (InvalidPathException ex) {
			throw this.lookup.invalid("credentials.store-file", "It is no path: " + ex.getReason() + ".",
					"Set " + this.lookup.property("credentials.store-file") + " to the file to keep the login in.");
		}
	}

	private @Nullable ClientSecret direct(CredentialsProperties properties, @Nullable ApiKey apiKey) {
		if (apiKey != null) {
			return new DirectClientSecret(apiKey.clientSecret(), apiKey.text(), this.lookup.property("api-key"));
		}
		String secret = properties.clientSecret();
		return StringUtils.hasLength(secret) ? new DirectClientSecret(secret, this.lookup.property(SECRET)) : null;
	}

	// A named variable beats a file (PlatformConfig.auto of flytekit).
	private @Nullable ClientSecret placed(CredentialsProperties properties) {
		String variable = properties.clientSecretEnvVar();
		if (StringUtils.hasText(variable)) {
			return readable(SECRET_VARIABLE, new VariableClientSecret(variable.strip(), this.process),
					properties.authMode());
		}
		String location = properties.clientSecretLocation();
		if (StringUtils.hasText(location)) {
			return readable(SECRET_LOCATION, file(location), properties.authMode());
		}
		return null;
	}

	private ClientSecret file(String location) {
		try {
			return new FileClientSecret(this.process.resolve(location));
		}
		catch (InvalidPathException ex) {
			throw this.lookup.invalid(SECRET_LOCATION, "It is no path: " + ex.getReason() + ".",
					"Set " + this.lookup.property(SECRET_LOCATION) + " to the file that holds the client secret.");
		}
	}

	// One file may be used on a laptop, where a person logs in, and in a pod that has the
	// secret. So an explicit mode that needs no secret ignores a missing one.
	private @Nullable ClientSecret readable(String name, ClientSecret secret, @Nullable AuthMode mode) {
		try {
			secret.read();
			return secret;
		}
		catch (IllegalStateException ex) {
			if (mode != null && mode != AuthMode.CLIENT_CREDENTIALS) {
				logger.warn(message("has no client secret, and auth-mode " + mode.words().get(0) + " stands: "
						+ this.lookup.property(name) + ": " + ex.getMessage()));
				return null;
			}
			String place = name.equals(SECRET_VARIABLE) ? "Set the variable" : "Put the client secret into the file";
			throw new InvalidFlyteConfigurationException(this.lookup.property(name), this.lookup.origin(name),
					"There is no client secret: " + ex.getMessage() + ".",
					place + ", correct or remove " + this.lookup.property(name) + " (which wins over "
							+ this.lookup.property(SECRET) + "), or set "
							+ this.lookup.property("credentials.auth-mode") + " to a mode that needs no client secret.",
					ex.getCause());
		}
	}

	private List<String> command(String name, List<String> command) {
		String text = this.lookup.text(name);
		if (text == null) {
			return List.copyOf(command);
		}
		try {
			return CommandParser.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw this.lookup.invalid(name, "The command cannot be split into words: " + ex.getMessage() + ".",
					"Close the quote, or write " + this.lookup.property(name) + " as a list of words.");
		}
	}

	private List<String> scopes(List<String> scopes) {
		List<String> asked = new ArrayList<>(scopes);
		asked.removeIf(String::isEmpty);
		if (String.join(" ", asked).indexOf('*') >= 0) {
			logger.warn(message(this.lookup.property("credentials.scopes")
					+ " holds the wildcard '*': name exactly the scopes that are needed"));
		}
		return List.copyOf(asked);
	}

	private @Nullable URI tokenUrl(@Nullable String configured) {
		String text = SettingText.orNull(configured);
		if (text == null) {
			return null;
		}
		URI url = WebAddress.parse(text);
		if (url == null || url.getRawUserInfo() != null || !WebAddress.isUsable(url.toString())) {
			throw this.lookup.invalid("credentials.token-url",
					"'" + Excerpt.of(String.valueOf(Masked.url(text))) + "' is no URL of a token endpoint.",
					"Set " + this.lookup.property("credentials.token-url")
							+ " to a URL such as https://idp.example.com/oauth2/token, or leave it to the server.");
		}
		return url;
	}

	private @Nullable URI issuer(@Nullable String issuer) {
		if (!StringUtils.hasText(issuer)) {
			return null;
		}
		try {
			URI uri = URI.create(issuer.strip());
			if (WebAddress.isUsable(uri.toString())) {
				return uri;
			}
		}
		catch (IllegalArgumentException ex) {
			// Reported below.
		}
		throw this.lookup.invalid("credentials.issuer", "'" + Masked.url(issuer) + "' is no issuer.",
				"Set " + this.lookup.property("credentials.issuer")
						+ " to a URL such as https://idp.example.com, as the server publishes it, or remove it.");
	}

	private @Nullable String header(@Nullable String header) {
		if (!StringUtils.hasText(header)) {
			return null;
		}
		String problem = AuthorizationHeader.problem(header.strip());
		if (problem != null) {
			throw this.lookup.invalid("credentials.authorization-header",
					"'" + Excerpt.of(header) + "' " + problem + ".",
					"Set " + this.lookup.property("credentials.authorization-header")
							+ " to letters, digits, '-', '_' and '.', for example flyte-authorization.");
		}
		return AuthorizationHeader.key(header);
	}

	private String message(String text) {
		return "Flyte connection '" + this.connection + "' " + text;
	}

}
