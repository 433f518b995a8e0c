package io.flyteconnect.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.internal.config.ConnectionProperties;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Tag("once")
class PlatformConfigTests {

	private final Path folder;

	PlatformConfigTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void whenForEndpointThenDefaults() {
		PlatformConfig config = PlatformConfig.forEndpoint("flyte.example.com:443");
		assertThat(config.name()).isEqualTo("default");
		assertThat(config.endpoint().target()).isEqualTo("dns:///flyte.example.com:443");
		assertThat(config.tls()).isEqualTo(new TlsSettings(false, false, null, null));
		assertThat(config.credentials().authMode()).isEqualTo(AuthMode.PKCE);
		assertThat(config.channel())
			.isEqualTo(new ChannelSettings(4, Duration.ZERO, Duration.ofSeconds(8), DataSize.ofMegabytes(20),
					DataSize.ofKilobytes(32), Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(20),
					false, Duration.ofMinutes(4), Duration.ZERO, Duration.ofSeconds(10), null, null, null));
		assertThat(config.secrets()).isEqualTo(new SecretSettings("_FSEC_", null, "", Duration.ZERO));
		assertThat(config.configSource()).isNull();
		assertThat(PlatformConfig.forEndpoint("localhost:30080", true).tls().insecure()).isTrue();
	}

	@Test
	void whenIdleTimeoutIsDefaultThenBelowThatOfLoadBalancers() {
		assertThat(PlatformConfig.forEndpoint("a").channel().idleTimeout()).isLessThan(Duration.ofSeconds(350));
	}

	@Test
	void whenBuiltWithSecretsThenToStringShowsNone() throws IOException {
		PlatformConfig config = PlatformConfig.builder()
			.endpoint("flyte.example.com")
			.httpProxyUrl("http://user:s3cret-proxy@proxy:3128")
			.clientCredentials("id", "s3cret-direct")
			.property("flyte.credentials.command", List.of("tool", "s3cret-argument"))
			.build();
		assertThat(secret(config).read()).isEqualTo("s3cret-direct");
		assertThat(config.toString()).contains("flyte.example.com", "id", "tool").doesNotContain("s3cret");
		assertThat(secret(config).toString()).doesNotContain("s3cret");
	}

	@Test
	void whenSecretsStandInTheWrongPlaceThenErrorsShowNone() {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfig.forEndpoint("https://jane:s3cret@host/path"))
			.withMessageContaining("******@host")
			.withMessageNotContaining("s3cret");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfig.builder()
				.endpoint("host")
				.property("flyte.credentials.token-url", "https://jane:s3cret@idp.example.com/token")
				.build())
			.withMessageContaining("******@idp.example.com")
			.withMessageNotContaining("s3cret");
		String key = Base64.getEncoder().encodeToString("host:id:s3c:ret:org".getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfig.builder().property("flyte.api-key", key).build())
			.withMessageContaining("flyte.api-key")
			.withMessageNotContaining("s3c")
			.withMessageNotContaining("ret");
	}

	@Test
	void whenPropertiesHoldSecretsThenToStringShowsNone() {
		Map<String, String> source = Map.of("flyte.api-key", "s3cret-key", "flyte.platform.http-proxy-url",
				"http://user:s3cret@x@proxy:3128", "flyte.credentials.client-secret", "s3cret-direct",
				"flyte.credentials.command", "tool s3cret-argument", "flyte.credentials.proxy-command",
				"tool s3cret-argument");
		ConnectionProperties properties = new Binder(new MapConfigurationPropertySource(source))
			.bind("flyte", ConnectionProperties.class)
			.get();
		assertThat(properties.toString()).contains("******").contains("proxy:3128").doesNotContain("s3cret");
	}

	@Test
	void whenSecretFileIsRotatedThenNewOneIsRead() throws IOException {
		Path file = Files.writeString(this.folder.resolve("secret"), "\uFEFF one \r\n\n");
		PlatformConfig config = PlatformConfig.builder().clientCredentials("id", file).build();
		ClientSecret secret = secret(config);
		assertThat(secret.read()).isEqualTo(" one ");
		Files.writeString(file, "two");
		assertThat(secret.read()).isEqualTo("two");
		assertThat(secret.description()).isEqualTo("file " + file);
		Files.delete(file);
		assertThatIllegalStateException().isThrownBy(secret::read).withMessageContaining(file.toString());
	}

	@Test
	void whenSeveralPlacesOfSecretThenVariableBeatsFileBeatsDirect() throws IOException {
		Path file = Files.writeString(this.folder.resolve("secret"), "file");
		Map<String, String> variables = new HashMap<>(Map.of("FLYTE_CREDENTIALS_CLIENT_ID", "id",
				"FLYTE_CREDENTIALS_CLIENT_SECRET", "direct", "FLYTE_CREDENTIALS_AUTH_MODE", "Pkce"));
		assertThat(auto(variables).credentials().authMode()).isEqualTo(AuthMode.PKCE);
		variables.put("FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION", file.toString());
		assertThat(secret(auto(variables)).read()).isEqualTo("file");
		assertThat(auto(variables).credentials().authMode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
		variables.put("FLYTE_CREDENTIALS_CLIENT_SECRET_ENV_VAR", "S");
		variables.put("S", "variable\n");
		assertThat(secret(auto(variables)).read()).isEqualTo("variable");
	}

	@Test
	void whenModeIsNoneThenNoSecretTurnsItOn() throws IOException {
		Path file = Files.writeString(this.folder.resolve("secret"), "file");
		PlatformConfig config = auto(Map.of("FLYTE_CREDENTIALS_AUTH_MODE", "none",
				"FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION", file.toString()));
		assertThat(config.credentials().authMode()).isEqualTo(AuthMode.NONE);
	}

	@Test
	void whenCommandIsAListThenTakenWordForWord() throws IOException {
		Path file = Files.writeString(this.folder.resolve("a.yaml"),
				"admin:\n  authType: ExternalCommand\n  command: ['a b', ' c', '', 'd,e']\n");
		PlatformConfig config = PlatformConfigs.auto(process(Map.of()), file.toString());
		assertThat(config.credentials().command()).containsExactly("a b", " c", "", "d,e");
		PlatformConfig indexed = auto(
				Map.of("FLYTE_CREDENTIALS_COMMAND_0", "a b", "FLYTE_CREDENTIALS_COMMAND_1", "c,d"));
		assertThat(indexed.credentials().command()).containsExactly("a b", "c,d");
	}

	@Test
	void whenPathsAreRelativeThenTheyStartAtTheWorkingDirectory() {
		PlatformConfig config = auto(
				Map.of("FLYTE_PLATFORM_CA_CERT_FILE_PATH", "~/ca.pem", "FLYTE_SECRETS_DEFAULT_DIR", "s"));
		assertThat(config.tls().caCertFilePath()).isEqualTo(this.folder.resolve("~/ca.pem"));
		assertThat(config.secrets().folder()).isEqualTo(this.folder.resolve("s"));
		assertThat(config.secrets().defaultDir()).isEqualTo(this.folder.resolve("s").toString());
	}

	@ParameterizedTest
	@CsvSource({ "FLYTE_CHANNEL_MAX_RETRIES,-1,flyte.channel.max-retries",
			"FLYTE_CHANNEL_PER_RETRY_TIMEOUT,-1s,flyte.channel.per-retry-timeout",
			"FLYTE_CHANNEL_DEADLINE,-1s,flyte.channel.deadline",
			"FLYTE_CHANNEL_MAX_MESSAGE_SIZE,3GB,flyte.channel.max-message-size",
			"FLYTE_CHANNEL_MAX_MESSAGE_SIZE,many,flyte.channel.max-message-size",
			"FLYTE_CHANNEL_KEEPALIVE_TIMEOUT,soon,flyte.channel.keepalive-timeout",
			"FLYTE_CREDENTIALS_DEVICE_FLOW_POLL_INTERVAL,0s,flyte.credentials.device-flow.poll-interval",
			"FLYTE_CREDENTIALS_COMMAND_TTL,-5s,flyte.credentials.command-ttl",
			"FLYTE_CREDENTIALS_REQUEST_TIMEOUT,0s,flyte.credentials.request-timeout",
			"FLYTE_CREDENTIALS_REQUEST_TIMEOUT,-1s,flyte.credentials.request-timeout",
			"FLYTE_CREDENTIALS_REQUEST_TIMEOUT,999us,flyte.credentials.request-timeout",
			"FLYTE_PLATFORM_URL,unix:a b,flyte.platform.url", "FLYTE_PLATFORM_URL,xds:///a%zz,flyte.platform.url",
			"FLYTE_CHANNEL_MAX_RETRIES,2147483647,flyte.channel.max-retries",
			"FLYTE_CREDENTIALS_AUTHORIZATION_HEADER,token-bin,flyte.credentials.authorization-header",
			"FLYTE_CREDENTIALS_TOKEN_URL,idp.example.com,flyte.credentials.token-url",
			"FLYTE_PLATFORM_CONSOLE_ENDPOINT,console,flyte.platform.console-endpoint",
			"FLYTE_PLATFORM_HTTP_PROXY_SCOPE,some,flyte.platform.http-proxy-scope",
			"FLYTE_PLATFORM_API,v3,flyte.platform.api", "FLYTE_PLATFORM_PROTOCOL,http,flyte.platform.protocol",
			"FLYTE_PLATFORM_PROTOCOL,connect,flyte.platform.protocol",
			"FLYTE_PLATFORM_INSECURE,maybe,flyte.platform.insecure",
			"FLYTE_CREDENTIALS_AUTH_MODE,oidc,flyte.credentials.auth-mode",
			"FLYTE_CREDENTIALS_COMMAND,tool 'x,flyte.credentials.command" })
	void whenValueCannotBeUsedThenPropertyAndVariableAreNamed(String variable, String value, String property) {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> auto(Map.of(variable, value)))
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo(property);
				assertThat(ex.getOrigin()).isEqualTo("environment variable " + variable);
				assertThat(ex.getReason()).isNotBlank();
				assertThat(ex.getAction()).contains(property);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "channel.deadline", "channel.per-retry-timeout", "channel.max-backoff-delay",
			"channel.keepalive-time", "channel.keepalive-timeout", "channel.idle-timeout", "channel.max-connection-age",
			"platform.ca-cert-file-refresh", "channel.shutdown-grace-period", "secrets.refresh",
			"credentials.token-refresh-window", "credentials.command-ttl", "credentials.request-timeout",
			"credentials.pkce.timeout", "credentials.pkce.refresh-time", "credentials.device-flow.timeout",
			"credentials.device-flow.refresh-time", "credentials.device-flow.poll-interval" })
	void whenADurationHasMoreNanosecondsThanALongThenItIsRefused(String name) {
		String variable = "FLYTE_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
		for (String value : List.of("106752d", "300000d", "99999999999d")) {
			assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
				.isThrownBy(() -> auto(Map.of(variable, value)))
				.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte." + name))
				.satisfies((ex) -> assertThat(ex.getOrigin()).isEqualTo("environment variable " + variable))
				.satisfies((ex) -> assertThat(ex.getReason()).endsWith("is longer than 292 years."));
		}
		assertThat(auto(Map.of(variable, "106751d"))).isNotNull();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "FLYTE_CREDENTIALS_AUTH_MODE,\"Pkce\",flyte.credentials.auth-mode",
					"FLYTE_CREDENTIALS_AUTH_MODE,Pkce!,flyte.credentials.auth-mode",
					"FLYTE_CREDENTIALS_AUTH_MODE,de.vice flow,flyte.credentials.auth-mode",
					"FLYTE_CREDENTIALS_INTERACTIVE,'always',flyte.credentials.interactive",
					"FLYTE_CREDENTIALS_STORE,me.mory,flyte.credentials.store",
					"FLYTE_PLATFORM_HTTP_PROXY_SCOPE,(all),flyte.platform.http-proxy-scope" })
	void whenAWordHasStrayCharactersThenRefused(String variable, String value, String property) {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> auto(Map.of(variable, value)))
			.withMessageContaining(value)
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo(property))
			.satisfies((ex) -> assertThat(ex.getOrigin()).isEqualTo("environment variable " + variable));
	}

	@ParameterizedTest
	@ValueSource(strings = { "client-credentials", "external-command" })
	void whenLoginIsHalfFilledThenRefused(String mode) {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> auto(Map.of("FLYTE_CREDENTIALS_AUTH_MODE", mode, "FLYTE_CREDENTIALS_CLIENT_ID", "id")))
			.withMessageContaining("environment variable FLYTE_CREDENTIALS_AUTH_MODE");
	}

	@Test
	void whenBundleAndCertificatesThenRefused() {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfig.builder().sslBundle("b").caCertFile(Path.of("ca.pem")).build())
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.platform.ssl-bundle"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.grpc.client.channel.flyte.target", "deadline", "FLYTE_PLATFORM_URL", "" })
	void whenNameIsNotBelowFlyteThenRefused(String name) {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfig.builder().property(name, "5s").build())
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo(name))
			.satisfies((ex) -> assertThat(ex.getReason()).startsWith("No setting of a connection has this name"));
	}

	@Test
	void whenNameIsNoneOfAPropertyThenRefused() {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfig.builder().property("flyte.channel.dead-line-of-all", "5s").build())
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.channel.dead-line-of-all"))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo("No setting of a connection has this name."))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("README.md"));
	}

	@ParameterizedTest
	@CsvSource({ "flyte.credentials.cleint-id,flyte.credentials.client-id", "flyte.platfrom.url,flyte.platform.url",
			"flyte.channel.dead-lines,flyte.channel.deadline",
			"flyte.credentials.pkce.time-outs,flyte.credentials.pkce.timeout", "flyte.api-kye,flyte.api-key",
			"credentials.client-id,flyte.credentials.client-id", "platform.url,flyte.platform.url",
			"api-key,flyte.api-key", "channel.dead-lines,flyte.channel.deadline" })
	void whenNameIsNearlyThatOfAPropertyThenThatIsNamed(String name, String meant) {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfig.builder().property(name, "5s").build())
			.satisfies((ex) -> assertThat(ex.getReason())
				.isEqualTo("No setting of a connection has this name; did you mean '" + meant + "'?"));
	}

	@Test
	void whenPropertiesAreSetByTextThenConverted() {
		PlatformConfig config = PlatformConfig.builder()
			.property("flyte.channel.deadline", "5s")
			.property("flyte.credentials.command", "tool --for 'a b'")
			.property("flyte.credentials.audience", "aud")
			.property("flyte.credentials.audience", null)
			.build();
		assertThat(config.channel().deadline()).isEqualTo(Duration.ofSeconds(5));
		assertThat(config.credentials().command()).containsExactly("tool", "--for", "a b");
		assertThat(config.credentials().audience()).isNull();
	}

	@Test
	void whenFileIsMissingThenOneExceptionWithItsPath() {
		Path file = this.folder.resolve("nope.yaml");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(() -> PlatformConfig.auto(file))
			.satisfies((ex) -> assertThat(ex.getOrigin()).isEqualTo(file.toString()))
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.config-file"));
	}

	@Test
	void whenAutoThenFileIsReadAndNamed() throws IOException {
		Path file = Files.writeString(this.folder.resolve("a.yaml"), "admin:\n  endpoint: a.example.com\n");
		PlatformConfig config = PlatformConfig.auto(file);
		assertThat(config.endpoint().host()).isEqualTo("a.example.com");
		assertThat(config.configSource()).isEqualTo(file.toString());
		assertThat(PlatformConfig.auto().endpoint().text()).isEqualTo("localhost:30080");
	}

	private static ClientSecret secret(PlatformConfig config) {
		return Objects.requireNonNull(config.credentials().clientSecret());
	}

	private PlatformConfig auto(Map<String, String> variables) {
		return PlatformConfigs.auto(process(variables), null);
	}

	private ProcessEnvironment process(Map<String, String> variables) {
		return new ProcessEnvironment(variables, this.folder, this.folder);
	}

}
