package io.flyteconnect.internal.config;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.config.ClientSecret;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.config.text.PlaintextUrl;

/**
 * Checks what only several settings together, or a number's range, can tell. A half
 * filled login never becomes another one silently.
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
		checkTokenUrl(config);
		checkChannel(config.channel());
		CredentialSettings credentials = config.credentials();
		notNegative("credentials.token-refresh-window", credentials.tokenRefreshWindow());
		positive("credentials.pkce.timeout", credentials.pkce().timeout());
		notNegative("credentials.pkce.refresh-time", credentials.pkce().refreshTime());
		positive("credentials.device-flow.timeout", credentials.deviceFlow().timeout());
		notNegative("credentials.device-flow.refresh-time", credentials.deviceFlow().refreshTime());
		positive("credentials.device-flow.poll-interval", credentials.deviceFlow().pollInterval());
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

	// What is missing has no origin; what asks for it may have one.
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

	private void checkChannel(ChannelSettings channel) {
		check("channel.max-retries", channel.maxRetries() >= 0, "'" + channel.maxRetries() + "' is negative.");
		notNegative("channel.per-retry-timeout", channel.perRetryTimeout());
		positive("channel.max-backoff-delay", channel.maxBackoffDelay());
		size("channel.max-message-size", channel.maxMessageSize());
		size("channel.max-metadata-size", channel.maxMetadataSize());
		notNegative("channel.deadline", channel.deadline());
		notNegative("channel.keepalive-time", channel.keepaliveTime());
		positive("channel.keepalive-timeout", channel.keepaliveTimeout());
		notNegative("channel.idle-timeout", channel.idleTimeout());
		notNegative("channel.shutdown-grace-period", channel.shutdownGracePeriod());
	}

	private void positive(String name, Duration duration) {
		check(name, !duration.isZero() && !duration.isNegative(), "'" + duration + "' is not positive.");
	}

	private void notNegative(String name, Duration duration) {
		check(name, !duration.isNegative(), "'" + duration + "' is negative.");
	}

	private void size(String name, DataSize size) {
		check(name, size.toBytes() > 0 && size.toBytes() <= Integer.MAX_VALUE,
				"'" + size + "' is not between one byte and two gigabytes.");
	}

	private void check(String name, boolean valid, String reason) {
		if (!valid) {
			throw this.lookup.invalid(name, reason, "Correct " + name(name) + ", or remove it to use the default.");
		}
	}

	private String name(String name) {
		return this.lookup.property(name);
	}

}
