package io.flyteconnect.internal.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;

import io.flyteconnect.autoconfigure.FlyteEnvironments;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigs;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An API key is one thing: endpoint, client, secret and mode.
 */
class ApiKeyTests {

	private static final String SECRET = "Canary-key-secret";

	private static final String KEY = "key.example.com:81:key-id:" + SECRET + ":org";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void whenApiKeyThenEndpointAndClientCredentialsComeFromIt() {
		PlatformConfig config = auto(Map.of(), null);
		assertThat(config.endpoint().text()).isEqualTo("key.example.com:81");
		assertThat(config.credentials().authMode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
		assertThat(config.credentials().clientId()).isEqualTo("key-id");
		assertThat(Objects.requireNonNull(config.credentials().clientSecret()).read()).isEqualTo(SECRET);
		assertThat(config.toString()).doesNotContain(SECRET);
	}

	@ParameterizedTest
	@CsvSource({ "FLYTE_PLATFORM_URL,other.example.com:81,platform.url",
			"FLYTE_PLATFORM_URL,key.example.com,platform.url", "FLYTE_PLATFORM_URL,no endpoint,platform.url",
			"FLYTE_CREDENTIALS_AUTH_MODE,pkce,credentials.auth-mode",
			"FLYTE_CREDENTIALS_AUTH_MODE,none,credentials.auth-mode",
			"FLYTE_CREDENTIALS_AUTH_MODE,external-command,credentials.auth-mode",
			"FLYTE_CREDENTIALS_CLIENT_ID,other-id,credentials.client-id",
			"FLYTE_CREDENTIALS_CLIENT_SECRET,other-secret,credentials.client-secret",
			"FLYTE_CREDENTIALS_CLIENT_SECRET_ENV_VAR,NOT_THERE,credentials.client-secret-env-var",
			"FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION,not-there,credentials.client-secret-location" })
	void whenVariableSaysSomethingElseThenBothAreNamed(String variable, String value, String property) {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> auto(Map.of(variable, value), null))
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte." + property))
			.withMessageContaining("environment variable " + variable)
			.withMessageContaining("flyte.api-key (environment variable FLYTE_API_KEY)")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("FLYTE_API_KEY").contains(variable))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("Canary", "other-secret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "endpoint: dns:///b.example.com:19603\n  insecure: true",
			"endpoint: key.example.com:81\n  authType: Pkce", "authType: DeviceFlow", "clientId: flytectl",
			"clientSecretLocation: /etc/secrets/client_secret", "clientSecretEnvVar: B_SECRET",
			"tokenUrl: https://idp.b.example.com/token" })
	void whenFileIsThatOfAnotherClusterThenBothAreNamed(String admin) throws IOException {
		Path file = Files.writeString(this.folder.resolve("config.yaml"), "admin:\n  " + admin + "\n");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> auto(Map.of("B_SECRET", "secret-of-b"), file))
			.withMessageContaining(file + ":")
			.withMessageContaining("FLYTE_API_KEY")
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getAction()).doesNotContain("Canary", "secret-of-b"));
	}

	@ParameterizedTest
	@CsvSource({ "insecure: true,platform.insecure,plaintext",
			"insecureSkipVerify: yes,platform.insecure-skip-verify,certificate",
			"insecure: 1,platform.insecure,plaintext" })
	void whenWeakerFileMakesTheTransportWeakThenBothAreNamed(String admin, String property, String what)
			throws IOException {
		Path file = Files.writeString(this.folder.resolve("config.yaml"), "admin:\n  " + admin + "\n");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(() -> auto(Map.of(), file))
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte." + property))
			.withMessageContaining(file + ":2")
			.withMessageContaining("flyte.api-key (environment variable FLYTE_API_KEY)")
			.withMessageContaining(what)
			.satisfies((ex) -> assertThat(ex.getAction()).contains(file + ":2", "FLYTE_API_KEY"))
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getAction()).doesNotContain("Canary"));
	}

	@Test
	void whenApplicationMakesTheTransportWeakBesideAKeyOfTheEnvironmentThenBothAreNamed() {
		for (String weak : List.of("platform.insecure", "platform.insecure-skip-verify",
				"credentials.allow-insecure-token-url")) {
			ProcessEnvironment process = process(Map.of());
			Environment environment = FlyteEnvironments.prepare(process,
					Map.of("flyte.config-file", "none", "flyte." + weak, "true"));
			assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
				.isThrownBy(() -> PlatformConfigs.of(environment, process))
				.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte." + weak))
				.withMessageContaining("application.yml")
				.withMessageContaining("FLYTE_API_KEY");
		}
	}

	@Test
	void whenFileMakesTheTransportWeakForTheEndpointOfTheKeyThenThatIsMeant() throws IOException {
		Path file = Files.writeString(this.folder.resolve("config.yaml"),
				"admin:\n  endpoint: key.example.com:81\n  insecure: true\n  insecureSkipVerify: true\n");
		TlsSettings tls = auto(Map.of(), file).tls();
		assertThat(tls.insecure()).isTrue();
		assertThat(tls.insecureSkipVerify()).isTrue();
	}

	@Test
	void whenEndpointOfTheKeyIsNamedElsewhereThenTheWeakFileIsRefusedAllTheSame() throws IOException {
		Path file = Files.writeString(this.folder.resolve("config.yaml"), "admin:\n  insecure: true\n");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> auto(Map.of("FLYTE_PLATFORM_URL", "key.example.com:81"), file))
			.withMessageContaining(file + ":2");
	}

	@Test
	void whenTransportIsWeakWhereTheKeyIsSetThenThatIsMeant() {
		assertThat(auto(Map.of("FLYTE_PLATFORM_INSECURE", "true"), null).tls().insecure()).isTrue();
	}

	@Test
	void whenWeakerFileKeepsTheTransportAsItIsThenNothingContradicts() throws IOException {
		Path file = Files.writeString(this.folder.resolve("config.yaml"),
				"admin:\n  insecure: false\n  insecureSkipVerify: no\n");
		assertThat(auto(Map.of(), file).tls().insecure()).isFalse();
	}

	@Test
	void whenIniSaysSomethingElseThenBothAreNamed() throws IOException {
		Path file = Files.writeString(this.folder.resolve("flytekit.config"), "[platform]\nurl=b.example.com\n");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(() -> auto(Map.of(), file))
			.withMessageContaining(file + ":2")
			.withMessageContaining("FLYTE_API_KEY");
	}

	@Test
	void whenEverythingSaysTheSameThenNothingContradicts() throws IOException {
		Path secret = Files.writeString(this.folder.resolve("secret"), SECRET + "\n");
		Path file = Files.writeString(this.folder.resolve("config.yaml"),
				"admin:\n  endpoint: dns:///KEY.example.com:81\n  authType: ClientSecret\n  clientId: key-id\n"
						+ "  clientSecretEnvVar: SAME\n  scopes: [all]\n  clientSecretLocation: " + secret + "\n");
		PlatformConfig config = auto(
				Map.of("SAME", SECRET, "FLYTE_CREDENTIALS_CLIENT_SECRET", SECRET, "FLYTE_PLATFORM_URL", ""), file);
		assertThat(config.endpoint().text()).isEqualTo("key.example.com:81");
		assertThat(config.credentials().scopes()).containsExactly("all");
		assertThat(Objects.requireNonNull(config.credentials().clientSecret()).description())
			.isEqualTo("flyte.api-key");
	}

	@Test
	void whenWeakerFileShapesTheLoginOrTheTrustThenThatCountsAndItsOriginIsShown() throws IOException {
		Path file = Files.writeString(this.folder.resolve("config.yaml"),
				"admin:\n  scopes: [team]\n  audience: of-the-file\n  caCertFilePath: /etc/ca.pem\n");
		PlatformConfig config = auto(Map.of(), file);
		assertThat(config.credentials().scopes()).containsExactly("team");
		assertThat(config.credentials().audience()).isEqualTo("of-the-file");
		assertThat(config.tls().caCertFilePath()).isEqualTo(Path.of("/etc/ca.pem"));
		assertThat(config.origins().describe("credentials.scopes")).contains(file + ":2");
		assertThat(config.origins().describe("credentials.audience")).contains(file + ":3");
		assertThat(config.origins().describe("platform.ca-cert-file-path")).contains(file + ":4");
		assertThat(config.origins().describe("platform.url")).doesNotContain(file.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREDENTIALS_SCOPES=team", "CREDENTIALS_AUDIENCE=aud",
			"CREDENTIALS_ISSUER=https://idp.example.com" })
	void whenAVariableShapesTheLoginBesideTheKeyThenItsOriginIsShown(String setting) {
		String variable = "FLYTE_" + setting.split("=")[0];
		PlatformConfig config = auto(Map.of(variable, setting.split("=")[1]), null);
		assertThat(config.origins().describe("credentials." + setting.split("[_=]")[1].toLowerCase(Locale.ROOT)))
			.contains("environment variable " + variable);
	}

	@Test
	void whenTokenUrlIsSetWhereTheKeyIsSetThenItIsMeant() {
		PlatformConfig config = auto(Map.of("FLYTE_CREDENTIALS_TOKEN_URL", "https://idp.example.com/token"), null);
		assertThat(config.credentials().tokenUrl()).hasToString("https://idp.example.com/token");
	}

	@Test
	void whenSeveralSettingsContradictTheKeyThenAllAreNamedAtOnce() throws IOException {
		Path file = Files.writeString(this.folder.resolve("config.yaml"),
				"admin:\n  endpoint: b.example.com\n  authType: Pkce\n  clientId: other\n  insecure: true\n"
						+ "  clientSecretLocation: /not/there\n  tokenUrl: https://idp.b.example.com/token\n");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> auto(Map.of("FLYTE_CREDENTIALS_CLIENT_SECRET", "other-secret"), file))
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo("flyte.platform.url");
				for (String text : List.of(ex.getReason(), ex.getAction())) {
					assertThat(text).contains("flyte.platform.url (" + file + ":2", "auth-mode (" + file + ":3",
							"client-id (" + file + ":4", "platform.insecure (" + file + ":5",
							"client-secret-location (" + file + ":6", "token-url (" + file + ":7",
							"client-secret (environment variable FLYTE_CREDENTIALS_CLIENT_SECRET)", "FLYTE_API_KEY");
				}
				assertThat(ex.getReason()).contains("names another endpoint", "names another mode", "another client,",
						"another client secret", "plaintext", "another place", "token endpoint");
				assertThat(ex.getMessage() + ex.getAction()).doesNotContain("Canary", "other-secret");
			});
	}

	@Test
	void whenAStrongerPlaceHasTheContradictionsEmptyThenTheKeyIsUsed() throws IOException {
		Path file = Files.writeString(this.folder.resolve("config.yaml"),
				"admin:\n  endpoint: b.example.com\n  authType: Pkce\n  clientId: other\n  insecure: true\n"
						+ "  insecureSkipVerify: true\n  clientSecretLocation: /not/there\n  clientSecretEnvVar: B\n"
						+ "  tokenUrl: https://idp.b.example.com/token\n");
		PlatformConfig config = auto(Map.of("FLYTE_PLATFORM_URL", "", "FLYTE_CREDENTIALS_AUTH_MODE", "",
				"FLYTE_CREDENTIALS_CLIENT_ID", "", "FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION", "",
				"FLYTE_CREDENTIALS_CLIENT_SECRET_ENV_VAR", "", "FLYTE_CREDENTIALS_TOKEN_URL", "",
				"FLYTE_PLATFORM_INSECURE", "false", "FLYTE_PLATFORM_INSECURE_SKIP_VERIFY", "false"), file);
		assertThat(config.endpoint().text()).isEqualTo("key.example.com:81");
		assertThat(config.credentials().clientId()).isEqualTo("key-id");
		assertThat(config.credentials().authMode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
		assertThat(config.credentials().tokenUrl()).isNull();
		assertThat(config.tls().insecure()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"%s\"", "'%s'", "\"%s", "`%s`", "\u201c%s\u201d" })
	void whenKeyStandsInQuotesThenThatIsSaid(String format) {
		assertUnreadable(format.formatted(encoded(KEY)), "it stands in quotes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", " ", "\t", "\\n", "\u00a0", "\n  " })
	void whenKeyIsWrappedThenThatIsSaid(String separator) {
		String key = encoded(KEY);
		assertUnreadable(key.substring(0, 20) + separator + key.substring(20), "it is wrapped");
	}

	private void assertUnreadable(String key, String reason) {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> auto(Map.of("FLYTE_API_KEY", key), null))
			.withMessageContaining("The API key cannot be read: " + reason)
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getAction()).doesNotContain(key.substring(1, 9)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "no endpoint", "host:port", "http://key.example.com", "dns:///", "key.example.com:99999" })
	void whenEndpointInTheKeyIsWrongThenANewKeyIsAdvisedAndNothingThatContradictsIt(String endpoint) {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> auto(Map.of("FLYTE_API_KEY", encoded(endpoint + ":id:" + SECRET + ":org")), null))
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo("flyte.api-key");
				assertThat(ex.getAction()).contains("flyte.api-key", "get a new API key")
					.doesNotContain("flyte.platform.url");
				assertThat(ex.getMessage() + ex.getAction()).doesNotContain("Canary");
			});
	}

	@Test
	void whenKeyIsCutInTheWrongPlaceThenNoPieceOfItIsShown() {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> auto(Map.of("FLYTE_API_KEY", encoded("key.example.com:key-id:Canary:secret:org")), null))
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.api-key"))
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getAction()).doesNotContain("Canary"));
	}

	private PlatformConfig auto(Map<String, String> variables, @Nullable Path file) {
		return PlatformConfigs.auto(process(variables), (file != null) ? file.toString() : "none");
	}

	private ProcessEnvironment process(Map<String, String> variables) {
		Map<String, String> all = new TreeMap<>(Map.of("FLYTE_API_KEY", encoded(KEY)));
		all.putAll(variables);
		return new ProcessEnvironment(all, this.folder.resolve("home"), this.folder);
	}

	private static String encoded(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
