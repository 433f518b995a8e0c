package io.flyteconnect.internal.configfile;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One setting of a Flyte file: its property, and where the file has it. The table follows
 * {@code flytekit/configuration/internal.py}, then what only Flyte's Go client reads
 * ({@code flyteidl/clients/go/admin/config.go}).
 *
 * @param property the property below the prefix of a connection
 * @param yaml the keys of the YAML file that lead to it, separated by dots
 * @param ini section and option of the INI file, separated by a dot
 * @param kind the kind of value
 */
public record FlyteFileKey(String property, @Nullable String yaml, @Nullable String ini, Kind kind) {

	public static final List<FlyteFileKey> ALL = List.of(
			key("platform.url", "admin.endpoint", "platform.url", Kind.TEXT),
			key("platform.insecure", "admin.insecure", "platform.insecure", Kind.BOOLEAN),
			key("platform.insecure-skip-verify", "admin.insecureSkipVerify", "platform.insecure_skip_verify",
					Kind.BOOLEAN),
			key("platform.console-endpoint", "console.endpoint", "platform.console_endpoint", Kind.TEXT),
			key("platform.ca-cert-file-path", "admin.caCertFilePath", "platform.ca_cert_file_path", Kind.TEXT),
			key("platform.http-proxy-url", "admin.httpProxyURL", "platform.http_proxy_url", Kind.TEXT),
			key("credentials.auth-mode", "admin.authType", "credentials.auth_mode", Kind.TEXT),
			key("credentials.client-id", "admin.clientId", "credentials.client_id", Kind.TEXT),
			key("credentials.client-secret", null, "credentials.client_secret", Kind.TEXT),
			key("credentials.client-secret-location", "admin.clientSecretLocation",
					"credentials.client_secret_location", Kind.TEXT),
			key("credentials.client-secret-env-var", "admin.clientSecretEnvVar", "credentials.client_secret_env_var",
					Kind.TEXT),
			key("credentials.command", "admin.command", "credentials.command", Kind.LIST),
			key("credentials.proxy-command", "admin.proxyCommand", "credentials.proxy_command", Kind.LIST),
			key("credentials.scopes", "admin.scopes", "credentials.scopes", Kind.LIST),
			key("credentials.audience", "admin.audience", "credentials.audience", Kind.TEXT),
			key("runs.org", "task.org", null, Kind.TEXT), key("runs.project", "task.project", null, Kind.TEXT),
			key("runs.domain", "task.domain", null, Kind.TEXT),
			key("secrets.env-prefix", null, "secrets.env_prefix", Kind.TEXT),
			key("secrets.default-dir", null, "secrets.default_dir", Kind.TEXT),
			key("secrets.file-prefix", null, "secrets.file_prefix", Kind.TEXT),
			key("credentials.token-url", "admin.tokenUrl", null, Kind.TEXT),
			key("credentials.use-audience-from-admin", "admin.useAudienceFromAdmin", null, Kind.BOOLEAN),
			key("credentials.authorization-header", "admin.authorizationHeader", null, Kind.TEXT),
			key("credentials.token-refresh-window", "admin.tokenRefreshWindow", null, Kind.DURATION),
			key("credentials.pkce.timeout", "admin.pkceConfig.timeout", null, Kind.DURATION),
			key("credentials.pkce.refresh-time", "admin.pkceConfig.refreshTime", null, Kind.DURATION),
			key("credentials.device-flow.timeout", "admin.deviceFlowConfig.timeout", null, Kind.DURATION),
			key("credentials.device-flow.refresh-time", "admin.deviceFlowConfig.refreshTime", null, Kind.DURATION),
			key("credentials.device-flow.poll-interval", "admin.deviceFlowConfig.pollInterval", null, Kind.DURATION),
			key("channel.max-retries", "admin.maxRetries", null, Kind.TEXT),
			key("channel.per-retry-timeout", "admin.perRetryTimeout", null, Kind.DURATION),
			key("channel.max-backoff-delay", "admin.maxBackoffDelay", null, Kind.DURATION),
			key("channel.max-message-size", "admin.maxMessageSizeBytes", null, Kind.TEXT),
			key("channel.service-config", "admin.defaultServiceConfig", null, Kind.TEXT));

	/**
	 * Keys that mean nothing here, but something to others: those that Flyte's Go client
	 * itself no longer reads, and what only Flyte 2's SDK keeps its logins by.
	 */
	public static final List<String> OTHERS_YAML = List.of("admin.useAuth", "admin.authorizationServerUrl",
			"admin.disableKeyring");

	private static FlyteFileKey key(String property, @Nullable String yaml, @Nullable String ini, Kind kind) {
		return new FlyteFileKey(property, yaml, ini, kind);
	}

	public enum Kind {

		TEXT, BOOLEAN, LIST, DURATION

	}

}
