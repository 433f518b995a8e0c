package io.flyteconnect.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.SecretSettings;
import io.flyteconnect.execution.ExecutionSettings;

/**
 * The settings of a connection that are in force, by the names of their properties below
 * the prefix of the connection. What is a secret, or may have one in it, is a mask.
 */
final class EffectiveSettings {

	private static final String MASK = "******";

	private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

	private EffectiveSettings() {
	}

	/**
	 * List the settings.
	 * @param config the settings of a connection
	 * @param executions how executions are launched over it, where the starter does
	 * @return values by names, {@code null} where nothing is set and there is no default
	 */
	static Map<String, @Nullable Object> of(PlatformConfig config, @Nullable ExecutionSettings executions) {
		EffectiveSettings settings = new EffectiveSettings();
		settings.put("api-key", config.origins().isSet("api-key") ? MASK : null);
		settings.platform(config);
		settings.credentials(config.credentials());
		settings.channel(config.channel());
		settings.secrets(config.secrets());
		if (executions != null) {
			new EffectiveExecutionSettings(settings::put).list(executions);
		}
		return settings.values;
	}

	private void platform(PlatformConfig config) {
		HttpProxy proxy = config.httpProxy().proxy();
		put("platform.url", config.endpoint());
		put("platform.insecure", config.tls().insecure());
		put("platform.insecure-skip-verify", config.tls().insecureSkipVerify());
		put("platform.ca-cert-file-path", config.tls().caCertFilePath());
		put("platform.ca-cert-file-refresh", config.tls().caCertFileRefresh());
		put("platform.require-tls", config.tls().requireTls());
		put("platform.ssl-bundle", config.tls().sslBundle());
		put("platform.console-endpoint", config.consoleEndpoint());
		put("platform.http-proxy-url", (proxy != null) ? proxy.host() + ":" + proxy.port() : null);
		put("platform.http-proxy-scope", config.httpProxy().scope());
		put("platform.api", config.api().version());
		put("platform.protocol", config.api().protocol());
		put("runs.org", config.runs().org());
		put("runs.project", config.runs().project());
		put("runs.domain", config.runs().domain());
	}

	private void credentials(CredentialSettings credentials) {
		put("credentials.auth-mode", credentials.authMode().words().get(0));
		put("credentials.client-id", credentials.clientId());
		String secret = (credentials.clientSecret() != null) ? credentials.clientSecret().description() : null;
		put("credentials.client-secret", (secret != null) ? MASK : null);
		put("credentials.client-secret-env-var",
				(credentials.clientSecret() != null) ? credentials.clientSecret().variable() : null);
		put("credentials.client-secret-location",
				(secret != null && secret.startsWith("file ")) ? secret.substring("file ".length()) : null);
		put("credentials.client-authentication-method", credentials.clientAuthentication());
		put("credentials.command", command(credentials.command()));
		put("credentials.proxy-command", command(credentials.proxyCommand()));
		put("credentials.command-ttl", credentials.commandTtl());
		put("credentials.scopes", credentials.scopes());
		put("credentials.audience", credentials.audience());
		put("credentials.use-audience-from-admin", credentials.useAudienceFromAdmin());
		put("credentials.token-url", credentials.tokenUrl());
		put("credentials.allow-insecure-token-url", credentials.issuer().plaintext());
		put("credentials.issuer", credentials.issuer().uri());
		put("credentials.authorization-header", credentials.authorizationHeader());
		put("credentials.token-refresh-window", credentials.tokenRefreshWindow());
		put("credentials.request-timeout", credentials.requestTimeout());
		put("credentials.interactive", credentials.interactive());
		put("credentials.relay", credentials.relay());
		put("credentials.pkce.timeout", credentials.pkce().timeout());
		put("credentials.pkce.refresh-time", credentials.pkce().refreshTime());
		put("credentials.pkce.open-browser", credentials.pkce().openBrowser());
		put("credentials.pkce.any-port", credentials.pkce().anyPort());
		put("credentials.pkce.prompt", credentials.pkce().prompt());
		put("credentials.device-flow.timeout", credentials.deviceFlow().timeout());
		put("credentials.device-flow.refresh-time", credentials.deviceFlow().refreshTime());
		put("credentials.device-flow.poll-interval", credentials.deviceFlow().pollInterval());
		put("credentials.device-flow.qr-code", credentials.deviceFlow().qrCode());
		put("credentials.store", credentials.store().kind());
		put("credentials.store-key", (credentials.store().key() != null) ? MASK : null);
		put("credentials.store-file", credentials.store().file());
	}

	// The first word may be a secret, too, where all is one text with quotes.
	private static @Nullable String command(List<String> command) {
		return command.isEmpty() ? null : MASK;
	}

	private void channel(ChannelSettings channel) {
		put("channel.max-retries", channel.maxRetries());
		put("channel.per-retry-timeout", channel.perRetryTimeout());
		put("channel.max-backoff-delay", channel.maxBackoffDelay());
		put("channel.max-message-size", channel.maxMessageSize());
		put("channel.max-metadata-size", channel.maxMetadataSize());
		put("channel.deadline", channel.deadline());
		put("channel.keepalive-time", channel.keepaliveTime());
		put("channel.keepalive-timeout", channel.keepaliveTimeout());
		put("channel.keepalive-without-calls", channel.keepaliveWithoutCalls());
		put("channel.idle-timeout", channel.idleTimeout());
		put("channel.max-connection-age", channel.maxConnectionAge());
		put("channel.shutdown-grace-period", channel.shutdownGracePeriod());
		put("channel.user-agent", channel.userAgent());
		put("channel.load-balancing-policy", channel.loadBalancingPolicy());
		put("channel.service-config", channel.serviceConfig());
	}

	private void secrets(SecretSettings secrets) {
		put("secrets.env-prefix", secrets.envPrefix());
		put("secrets.default-dir", secrets.folder());
		put("secrets.file-prefix", secrets.filePrefix());
		put("secrets.refresh", secrets.refresh());
	}

	private void put(String name, @Nullable Object value) {
		this.values.put(name, (value != null) ? shown(value) : null);
	}

	private static Object shown(Object value) {
		if (value instanceof List<?> list) {
			return List.copyOf(list);
		}
		if (value instanceof Number || value instanceof Boolean) {
			return value;
		}
		return SettingWords.of(value);
	}

}
