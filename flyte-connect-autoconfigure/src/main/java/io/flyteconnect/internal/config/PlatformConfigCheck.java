package io.flyteconnect.internal.config;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.config.text.PlaintextUrl;

/**
 * Checks combinations of settings. An incomplete login is an error, and never silently
 * becomes another kind of login.
 */
final class PlatformConfigCheck {

	private final PropertyLookup lookup;

	private final boolean tokenSupplier;

	PlatformConfigCheck(PropertyLookup lookup, boolean tokenSupplier) {
		this.lookup = lookup;
		this.tokenSupplier = tokenSupplier;
	}

	void check(PlatformConfig config) {
		checkLogin(config.credentials());
		checkTls(config.tls());
		if (config.tls().requireTls()) {
			checkPlaintext(config);
		}
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
		String origin = this.lookup.origin("credentials.auth-mode");
		String reason = (secret != null) ? "The client secret from " + secret.description() + " needs a client id"
				: "The mode of login needs it";
		return new InvalidFlyteConfigurationException(name(name), null,
				reason + ((origin != null) ? " (auth-mode: " + origin + ")" : "") + ", but " + what + ".", action,
				null);
	}

	private void checkTls(TlsSettings tls) {
		if (tls.caCertFilePath() != null && tls.sslBundle() != null) {
			throw this.lookup.invalid("platform.ssl-bundle",
					"Both an SSL bundle and a file of certificates say whom to trust.", "Set only one of "
							+ name("platform.ssl-bundle") + " and " + name("platform.ca-cert-file-path") + ".");
		}
	}

	private void checkPlaintext(PlatformConfig config) {
		String weak = config.tls().insecure() ? "platform.insecure"
				: config.credentials().issuer().plaintext() ? "credentials.allow-insecure-token-url" : null;
		URI url = config.credentials().tokenUrl();
		if (weak != null) {
			throw this.lookup.invalid(weak,
					"It allows plaintext, which " + described("platform.require-tls") + " refuses.",
					"Set it to false and call a port with TLS, or remove " + name("platform.require-tls")
							+ " where plaintext is meant.");
		}
		if (url != null && !"https".equalsIgnoreCase(url.getScheme())) {
			throw this.lookup.invalid("credentials.token-url",
					"The token endpoint " + url + " is in plaintext, which " + described("platform.require-tls")
							+ " refuses.",
					"Set it to an address with https, or remove " + name("platform.require-tls")
							+ " where plaintext is meant.");
		}
	}

	private String described(String name) {
		String origin = this.lookup.origin(name);
		return name(name) + ((origin != null) ? " (" + origin + ")" : "");
	}

	private void checkTokenUrl(PlatformConfig config) {
		URI url = config.credentials().tokenUrl();
		if (url != null && !config.tls().insecure() && !config.credentials().issuer().plaintext()
				&& !PlaintextUrl.isSafe(url.toString())) {
			throw this.lookup.invalid("credentials.token-url",
					"The token endpoint " + url + " is in plain HTTP, although Flyte is called over TLS: secrets would"
							+ " cross the network for everybody to read.",
					"Set " + name("credentials.token-url") + " to an address with https, or allow this one by "
							+ name("credentials.allow-insecure-token-url") + "=true.");
		}
	}

	private String name(String name) {
		return this.lookup.property(name);
	}

}
