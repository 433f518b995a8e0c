package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigs;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every setting from every source that has it.
 */
@Tag("once")
class SettingsTableTests {

	/** Settings that Flyte's files do not have. */
	private static final Set<String> OURS = Set.of("flyte.api-key", "flyte.config-file", "flyte.enabled",
			"flyte.startup-check", "flyte.startup-check-timeout", "flyte.platform.http-proxy-scope",
			"flyte.platform.ssl-bundle", "flyte.credentials.allow-insecure-token-url", "flyte.credentials.issuer",
			"flyte.credentials.command-ttl", "flyte.credentials.interactive", "flyte.credentials.relay",
			"flyte.credentials.request-timeout", "flyte.credentials.pkce.any-port", "flyte.credentials.pkce.prompt",
			"flyte.credentials.client-authentication-method", "flyte.credentials.pkce.open-browser",
			"flyte.credentials.device-flow.qr-code", "flyte.channel.max-metadata-size", "flyte.channel.deadline",
			"flyte.channel.keepalive-time", "flyte.channel.keepalive-timeout", "flyte.channel.keepalive-without-calls",
			"flyte.channel.idle-timeout", "flyte.channel.max-connection-age", "flyte.platform.ca-cert-file-refresh",
			"flyte.platform.require-tls", "flyte.channel.shutdown-grace-period", "flyte.channel.user-agent",
			"flyte.channel.load-balancing-policy", "flyte.credentials.store", "flyte.credentials.store-key",
			"flyte.credentials.store-file", "flyte.secrets.refresh", "flyte.execution.auth-role.assumable-iam-role",
			"flyte.execution.auth-role.kubernetes-service-account", "flyte.execution.max-poll-interval",
			"flyte.execution.poll-interval", "flyte.execution.run-as.execution-identity",
			"flyte.execution.run-as.iam-role", "flyte.execution.run-as.k8s-service-account",
			"flyte.execution.run-as.oauth2-client.client-id",
			"flyte.execution.run-as.oauth2-client.client-secret.env-var",
			"flyte.execution.run-as.oauth2-client.client-secret.group",
			"flyte.execution.run-as.oauth2-client.client-secret.group-version",
			"flyte.execution.run-as.oauth2-client.client-secret.key",
			"flyte.execution.run-as.oauth2-client.client-secret.mount-requirement", "flyte.execution.secrets",
			"flyte.execution.tokens", "management.endpoint.flyte.access",
			"management.endpoint.flyte.cache.time-to-live", "management.endpoint.flyte.roles",
			"management.endpoint.flyte.show-values", "management.health.flyte.enabled",
			"management.health.flyte.time-to-live", "management.health.flyte.timeout", "management.info.flyte.enabled",
			"flyte.connections", "flyte.primary", "flyte.platform.api", "flyte.platform.protocol");

	private final Path folder;

	SettingsTableTests(@TempDir Path folder) {
		this.folder = folder;
	}

	static Stream<Row> rows() throws IOException {
		Path secret = Files.createTempFile(Path.of("target").toAbsolutePath(), "secret", ".txt");
		Files.writeString(secret, "from-file\n");
		secret.toFile().deleteOnExit();
		return Stream.of(
				row("platform.url", "admin.endpoint", "platform.url", "a.example.com:81", "localhost:30080",
						(config) -> config.endpoint().text(), "a.example.com:81"),
				row("platform.insecure", "admin.insecure", "platform.insecure", "yes", false,
						(config) -> config.tls().insecure(), true),
				row("platform.insecure-skip-verify", "admin.insecureSkipVerify", "platform.insecure_skip_verify", "On",
						false, (config) -> config.tls().insecureSkipVerify(), true),
				row("platform.console-endpoint", "console.endpoint", "platform.console_endpoint",
						"https://c.example.com/console", null, PlatformConfig::consoleEndpoint,
						URI.create("https://c.example.com/console")),
				row("platform.ca-cert-file-path", "admin.caCertFilePath", "platform.ca_cert_file_path", "/ca.pem", null,
						(config) -> config.tls().caCertFilePath(), Path.of("/ca.pem")),
				row("platform.http-proxy-url", "admin.httpProxyURL", "platform.http_proxy_url",
						"http://u:p@proxy.example.com:3128", null, (config) -> config.httpProxy().proxy(),
						new HttpProxy("proxy.example.com", 3128, "u", "p")),
				row("credentials.auth-mode", "admin.authType", "credentials.auth_mode", "DeviceFlow", AuthMode.PKCE,
						(config) -> config.credentials().authMode(), AuthMode.DEVICE_FLOW),
				row("credentials.client-id", "admin.clientId", "credentials.client_id", "id", null,
						(config) -> config.credentials().clientId(), "id"),
				row("credentials.client-secret", null, "credentials.client_secret", "direct", null,
						SettingsTableTests::secret, "direct", "credentials.client-id"),
				row("credentials.client-secret-location", "admin.clientSecretLocation",
						"credentials.client_secret_location", secret.toString(), null, SettingsTableTests::secret,
						"from-file", "credentials.client-id"),
				row("credentials.client-secret-env-var", "admin.clientSecretEnvVar",
						"credentials.client_secret_env_var", "THE_SECRET", null, SettingsTableTests::secret,
						"from-variable", "credentials.client-id"),
				row("credentials.command", "admin.command", "credentials.command", "tool,--quiet", List.of(),
						(config) -> config.credentials().command(), List.of("tool", "--quiet")),
				row("credentials.proxy-command", "admin.proxyCommand", "credentials.proxy_command",
						"tool --for 'a b,c'", List.of(), (config) -> config.credentials().proxyCommand(),
						List.of("tool", "--for", "a b,c")),
				row("credentials.scopes", "admin.scopes", "credentials.scopes", "all, offline,", List.of(),
						(config) -> config.credentials().scopes(), List.of("all", "offline")),
				row("credentials.audience", "admin.audience", "credentials.audience", "aud", null,
						(config) -> config.credentials().audience(), "aud"),
				row("runs.org", "task.org", null, "acme", null, (config) -> config.runs().org(), "acme"),
				row("runs.project", "task.project", null, "fleet", null, (config) -> config.runs().project(), "fleet"),
				row("runs.domain", "task.domain", null, "production", null, (config) -> config.runs().domain(),
						"production"),
				row("secrets.env-prefix", null, "secrets.env_prefix", "_SEC_", "_FSEC_",
						(config) -> config.secrets().envPrefix(), "_SEC_"),
				row("secrets.default-dir", null, "secrets.default_dir", "/mnt/s", Path.of("/etc/secrets"),
						(config) -> config.secrets().folder(), Path.of("/mnt/s")),
				row("secrets.file-prefix", null, "secrets.file_prefix", "s-", "",
						(config) -> config.secrets().filePrefix(), "s-"),
				row("credentials.token-url", "admin.tokenUrl", null, "https://idp.example.com/t", null,
						(config) -> config.credentials().tokenUrl(), URI.create("https://idp.example.com/t")),
				row("credentials.use-audience-from-admin", "admin.useAudienceFromAdmin", null, "true", false,
						(config) -> config.credentials().useAudienceFromAdmin(), true),
				row("credentials.authorization-header", "admin.authorizationHeader", null, "flyte-authorization", null,
						(config) -> config.credentials().authorizationHeader(), "flyte-authorization"),
				duration("credentials.token-refresh-window", "admin.tokenRefreshWindow", Duration.ZERO,
						(config) -> config.credentials().tokenRefreshWindow()),
				duration("credentials.pkce.timeout", "admin.pkceConfig.timeout", Duration.ofMinutes(2),
						(config) -> config.credentials().pkce().timeout()),
				duration("credentials.pkce.refresh-time", "admin.pkceConfig.refreshTime", Duration.ofMinutes(5),
						(config) -> config.credentials().pkce().refreshTime()),
				duration("credentials.device-flow.timeout", "admin.deviceFlowConfig.timeout", Duration.ofMinutes(10),
						(config) -> config.credentials().deviceFlow().timeout()),
				duration("credentials.device-flow.refresh-time", "admin.deviceFlowConfig.refreshTime",
						Duration.ofMinutes(5), (config) -> config.credentials().deviceFlow().refreshTime()),
				duration("credentials.device-flow.poll-interval", "admin.deviceFlowConfig.pollInterval",
						Duration.ofSeconds(5), (config) -> config.credentials().deviceFlow().pollInterval()),
				row("channel.max-retries", "admin.maxRetries", null, "7", 4, (config) -> config.channel().maxRetries(),
						7),
				duration("channel.per-retry-timeout", "admin.perRetryTimeout", Duration.ZERO,
						(config) -> config.channel().perRetryTimeout()),
				duration("channel.max-backoff-delay", "admin.maxBackoffDelay", Duration.ofSeconds(8),
						(config) -> config.channel().maxBackoffDelay()),
				row("channel.max-message-size", "admin.maxMessageSizeBytes", null, "1048576", DataSize.ofMegabytes(20),
						(config) -> config.channel().maxMessageSize(), DataSize.ofMegabytes(1)),
				row("channel.service-config", "admin.defaultServiceConfig", null, "{\"a\": 1}", null,
						(config) -> config.channel().serviceConfig(), "{\"a\": 1}"));
	}

	static Stream<Row> rowsOfYaml() throws IOException {
		return rows().filter((row) -> row.yaml != null);
	}

	static Stream<Row> rowsOfIni() throws IOException {
		return rows().filter((row) -> row.ini != null);
	}

	static Stream<Row> rowsThatMayBeEmpty() throws IOException {
		return rowsOfYaml().filter((row) -> !row.property.equals("platform.url"));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void whenNotSetThenDefault(Row row) {
		assertThat(row.value.apply(spring(row, Map.of(), Map.of()))).isEqualTo(row.standard);
		assertThat(row.value.apply(PlatformConfigs.auto(process(row, Map.of()), null))).isEqualTo(row.standard);
		assertThat(row.value.apply(PlatformConfig.forEndpoint("localhost:30080"))).isEqualTo(row.standard);
	}

	@ParameterizedTest
	@MethodSource("rows")
	void whenSetByApplicationThenBound(Row row) {
		String text = row.isDuration() ? "90s" : row.text;
		assertThat(row.value.apply(spring(row, Map.of("flyte." + row.property, text), Map.of())))
			.isEqualTo(row.expected);
	}

	@ParameterizedTest
	@MethodSource("rows")
	void whenSetByVariableThenBound(Row row) {
		Map<String, String> variables = Map.of(row.variable(), row.isDuration() ? "90s" : row.text);
		assertThat(row.value.apply(spring(row, Map.of(), variables))).isEqualTo(row.expected);
		assertThat(row.value.apply(PlatformConfigs.auto(process(row, variables), null))).isEqualTo(row.expected);
	}

	@ParameterizedTest
	@MethodSource("rowsOfYaml")
	void whenSetByYamlThenRead(Row row) throws IOException {
		write("config.yaml", row.yaml(row.isDuration() ? "1m30s" : row.text));
		assertThat(row.value.apply(spring(row, Map.of(), Map.of()))).isEqualTo(row.expected);
		assertThat(row.value.apply(PlatformConfigs.auto(process(row, Map.of()), null))).isEqualTo(row.expected);
	}

	@ParameterizedTest
	@MethodSource("rowsOfIni")
	void whenSetByIniThenRead(Row row) throws IOException {
		String[] option = Objects.requireNonNull(row.ini).split("\\.");
		write("config", "[" + option[0] + "]\n" + option[1] + " = " + row.text + "\n");
		assertThat(row.value.apply(spring(row, Map.of(), Map.of()))).isEqualTo(row.expected);
		assertThat(row.value.apply(PlatformConfigs.auto(process(row, Map.of()), null))).isEqualTo(row.expected);
	}

	@ParameterizedTest
	@MethodSource("rowsThatMayBeEmpty")
	void whenVariableIsEmptyThenItBeatsTheFile(Row row) throws IOException {
		write("config.yaml", row.yaml(row.isDuration() ? "1m30s" : row.text));
		Map<String, String> variables = Map.of(row.variable(), "");
		assertThat(row.value.apply(spring(row, Map.of(), variables))).isEqualTo(row.standard);
		assertThat(row.value.apply(PlatformConfigs.auto(process(row, variables), null))).isEqualTo(row.standard);
	}

	@Test
	void whenMetadataAreReadThenEveryPropertyIsDescribed() throws IOException {
		JsonNode metadata = JsonMapper.builder().build().readTree(ReadmeTests.METADATA);
		Map<String, JsonNode> properties = new HashMap<>();
		metadata.get("properties").forEach((property) -> properties.put(property.get("name").asString(), property));
		Set<String> expected = new TreeSet<>(OURS);
		rows().forEach((row) -> expected.add("flyte." + row.property));
		assertThat(new TreeSet<>(properties.keySet())).isEqualTo(expected);
		assertThat(properties.values()).allSatisfy((property) -> {
			assertThat(property.path("description").asString("")).isNotBlank();
			assertThat(property.path("type").asString("")).isNotBlank();
		});
		rows().filter((row) -> row.standard != null && !List.of().equals(row.standard))
			.forEach((row) -> assertThat(metadata(properties, "flyte." + row.property).has("defaultValue"))
				.as(row.property)
				.isTrue());
		assertThat(metadata(properties, "flyte.platform.url").get("defaultValue").asString())
			.isEqualTo("localhost:30080");
	}

	@Test
	void whenMetadataAreReadThenEveryWordOfTheModeIsDescribed() throws IOException {
		JsonNode metadata = JsonMapper.builder().build().readTree(ReadmeTests.METADATA);
		List<String> words = new ArrayList<>();
		for (JsonNode hint : metadata.get("hints")) {
			if (hint.get("name").asString().equals("flyte.credentials.auth-mode")) {
				for (JsonNode value : hint.get("values")) {
					assertThat(value.get("description").asString()).isNotBlank();
					words.add(value.get("value").asString());
				}
			}
		}
		assertThat(words).isEqualTo(AuthMode.allWords());
	}

	private static JsonNode metadata(Map<String, JsonNode> properties, String name) {
		return Objects.requireNonNull(properties.get(name));
	}

	private PlatformConfig spring(Row row, Map<String, Object> application, Map<String, String> variables) {
		ProcessEnvironment process = process(row, variables);
		return PlatformConfigs.of(FlyteEnvironments.prepare(process, application), process);
	}

	private ProcessEnvironment process(Row row, Map<String, String> variables) {
		Map<String, String> all = new HashMap<>(variables);
		all.put("THE_SECRET", "from-variable");
		if (row.needs != null) {
			all.put("FLYTE_" + row.needs.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), "needed");
		}
		return new ProcessEnvironment(all, this.folder, this.folder);
	}

	private void write(String name, String text) throws IOException {
		Files.createDirectories(this.folder.resolve(".flyte"));
		Files.writeString(this.folder.resolve(".flyte").resolve(name), text);
	}

	private static @Nullable Object secret(PlatformConfig config) {
		return (config.credentials().clientSecret() != null) ? config.credentials().clientSecret().read() : null;
	}

	private static Row row(String property, @Nullable String yaml, @Nullable String ini, String text,
			@Nullable Object standard, Function<PlatformConfig, @Nullable Object> value, Object expected) {
		return new Row(property, yaml, ini, text, standard, value, expected, null);
	}

	private static Row row(String property, @Nullable String yaml, @Nullable String ini, String text,
			@Nullable Object standard, Function<PlatformConfig, @Nullable Object> value, Object expected,
			String needs) {
		return new Row(property, yaml, ini, text, standard, value, expected, needs);
	}

	private static Row duration(String property, String yaml, Duration standard,
			Function<PlatformConfig, @Nullable Object> value) {
		return new Row(property, yaml, null, "1m30s", standard, value, Duration.ofSeconds(90), null);
	}

	record Row(String property, @Nullable String yaml, @Nullable String ini, String text, @Nullable Object standard,
			Function<PlatformConfig, @Nullable Object> value, Object expected, @Nullable String needs) {

		boolean isDuration() {
			return this.expected instanceof Duration;
		}

		String variable() {
			return "FLYTE_" + this.property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
		}

		String yaml(String text) {
			StringBuilder result = new StringBuilder();
			String indent = "";
			for (String key : Objects.requireNonNull(this.yaml).split("\\.")) {
				result.append(result.isEmpty() ? "" : "\n").append(indent).append(key).append(':');
				indent += "  ";
			}
			String quote = (this.expected instanceof Boolean) ? "" : "'";
			return result + " " + quote + text.replace("'", quote + "'") + quote + "\n";
		}

		@Override
		public String toString() {
			return this.property;
		}

	}

}
