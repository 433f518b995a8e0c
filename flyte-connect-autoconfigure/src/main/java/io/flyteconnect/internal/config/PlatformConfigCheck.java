package io.flyteconnect.internal.config;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfig.SettingOrigins;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.config.text.PlaintextUrl;

/**
 * Checks combinations of settings. An incomplete login is an error, and never silently
 * becomes another kind of login.
 *
 * @since 0.1.0
 */
public final class PlatformConfigCheck {

	private final SettingOrigins origins;

	private final boolean tokenSupplier;

	/**
	 * Create a check.
	 * @param origins where the settings come from
	 * @param tokenSupplier whether the application may supply tokens itself
	 */
	public PlatformConfigCheck(SettingOrigins origins, boolean tokenSupplier) {
		this.origins = origins;
		this.tokenSupplier = tokenSupplier;
	}

	/**
	 * Check the settings of a connection.
	 * @param config the settings
	 * @throws InvalidFlyteConfigurationException if some of them contradict each other,
	 * or one that the login needs is missing
	 */
	public void check(PlatformConfig config) {
		checkLogin(config.credentials());
		checkTls(config.tls());
		checkTokenUrl(config);
	}

	private void checkLogin(CredentialSettings credentials) {
		if (credentials.authMode() == AuthMode.CLIENT_CREDENTIALS) {
			ClientSecret secret = credentials.clientSecret();
			if (secret == null) {
				throw missing("credentials.client-secret", "no client secret is set",
						"Set " + name("credentials.client-secret-location") + " to a file that holds it, "
								+ name("credentials.client-secret-env-var") + " to the name of a variable, or "
								+ name("credentials.client-secret") + ".",
						null);
			}
			if (credentials.clientId() == null) {
				throw missing("credentials.client-id", "no client id is set",
						"Set " + name("credentials.client-id") + " to the id that the client secret belongs to.",
						secret);
			}
		}
		if (credentials.authMode() == AuthMode.EXTERNAL_COMMAND && credentials.command().isEmpty()
				&& !this.tokenSupplier) {
			throw missing("credentials.command", "no command is set",
					"Set " + name("credentials.command") + " to a command that prints a token. In a Spring"
							+ " application, a bean of the type FlyteTokenSupplier can take its place.",
					null);
		}
	}

	// A missing setting has no origin, but the setting that requires it may have one.
	private InvalidFlyteConfigurationException missing(String name, String what, String action,
			@Nullable ClientSecret secret) {
		String origin = this.origins.origin("credentials.auth-mode");
		String reason = (secret != null) ? "The client secret from " + secret.description() + " needs a client id"
				: "The mode of login needs it";
		return new InvalidFlyteConfigurationException(name(name), null,
				reason + ((origin != null) ? " (auth-mode: " + origin + ")" : "") + ", but " + what + ".", action,
				null);
	}

	private void checkTls(TlsSettings tls) {
		if (tls.caCertFilePath() != null && tls.sslBundle() != null) {
			throw invalid("platform.ssl-bundle", "Both an SSL bundle and a file of certificates say whom to trust.",
					"Set only one of " + name("platform.ssl-bundle") + " and " + name("platform.ca-cert-file-path")
							+ ".");
		}
	}

	/**
	 * Check that nothing is sent in plaintext where TLS is required, whoever has made the
	 * settings.
	 * @param tls whether it is
	 * @param credentials where the login sends what
	 * @throws InvalidFlyteConfigurationException if a setting allows plaintext
	 */
	public void checkPlaintext(TlsSettings tls, CredentialSettings credentials) {
		if (!tls.requireTls()) {
			return;
		}
		String weak = tls.insecure() ? "platform.insecure"
				: credentials.issuer().plaintext() ? "credentials.allow-insecure-token-url" : null;
		URI url = credentials.tokenUrl();
		if (weak != null) {
			throw invalid(weak,
					"It allows plaintext, which " + this.origins.describe("platform.require-tls") + " refuses.",
					"Set it to false and call a port with TLS, or remove " + name("platform.require-tls")
							+ " where plaintext is meant.");
		}
		if (url != null && !"https".equalsIgnoreCase(url.getScheme())) {
			throw invalid("credentials.token-url",
					"The token endpoint " + url + " is in plaintext, which "
							+ this.origins.describe("platform.require-tls") + " refuses.",
					"Set it to an address with https, or remove " + name("platform.require-tls")
							+ " where plaintext is meant.");
		}
	}

	private InvalidFlyteConfigurationException invalid(String name, String reason, String action) {
		return new InvalidFlyteConfigurationException(name(name), this.origins.origin(name), reason, action, null);
	}

	private void checkTokenUrl(PlatformConfig config) {
		URI url = config.credentials().tokenUrl();
		if (url != null && !config.tls().insecure() && !config.credentials().issuer().plaintext()
				&& !PlaintextUrl.isSafe(url.toString())) {
			throw invalid("credentials.token-url",
					"The token endpoint " + url + " is in plain HTTP, although Flyte is called over TLS: secrets would"
							+ " cross the network for everybody to read.",
					"Set " + name("credentials.token-url") + " to an address with https, or allow this one by "
							+ name("credentials.allow-insecure-token-url") + "=true.");
		}
	}

	private String name(String name) {
		return this.origins.property(name);
	}

}
