package io.flyteconnect.internal.grant.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandEnvironment}.
 */
class CommandEnvironmentTests {

	private static final CommandEnvironment NONE = CommandEnvironment.of(credentials("", ""));

	@ParameterizedTest
	@ValueSource(strings = { "FLYTE_API_KEY", "FLYTE_APIKEY", "FLYTE_CREDENTIALS_CLIENT_SECRET",
			"FLYTE_CREDENTIALS_CLIENTSECRET", "flyte_credentials_client_secret", "FLYTE_CREDENTIALS_STORE_KEY",
			"FLYTE_CREDENTIALS_STOREKEY", "FLYTE_PLATFORM_HTTP_PROXY_URL", "FLYTE_CREDENTIALS_PROXY_COMMAND",
			"FLYTE_CREDENTIALS_COMMAND_1_", "FLYTE_CONNECTIONS_EAST_CREDENTIALS_CLIENT_SECRET",
			"FLYTE_CONNECTIONS_EAST_API_KEY", "flyte.api-key", "flyte.apiKey", "flyte_api-key",
			"flyte.credentials.client-secret", "flyte.credentials.store-key", "flyte.credentials.proxy-command[0]",
			"flyte.platform.http-proxy-url", "flyte.connections.east.api-key" })
	void whenSpringReadsASecretFromAVariableThenACommandDoesNotHaveIt(String name) {
		assertThat(left(NONE, Map.of(name, "s3cret"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "FLYTE_CREDENTIALS_CLIENT_SECRET_ENV_VAR", "FLYTE_CREDENTIALS_CLIENTSECRETENVVAR",
			"FLYTE_CONNECTIONS_EAST_CREDENTIALS_CLIENT_SECRET_ENV_VAR" })
	void whenAVariableNamesTheVariableOfASecretThenACommandDoesNotHaveThat(String name) {
		assertThat(left(NONE, Map.of(name, " EAST_SECRET ", "EAST_SECRET", "s3cret"))).containsOnlyKeys(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PATH", "HOME", "HTTPS_PROXY", "FLYTE_PLATFORM_URL", "FLYTE_CREDENTIALS_CLIENT_ID",
			"FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION", "FLYTE_CREDENTIALS_COMMAND_TTL", "_FSEC_DB_PASSWORD",
			"MY_FLYTE_API_KEY", "flyte.credentials.client-id", "flyte.platform.url", "EMPTY" })
	void whenAVariableIsNoneOfOurSecretsThenACommandHasIt(String name) {
		Map<String, String> variables = Map.of(name, "EMPTY".equals(name) ? "" : "anything");
		assertThat(left(NONE, variables)).isEqualTo(variables);
	}

	@Test
	void whenAPropertyTookItsSecretFromAVariableThenACommandDoesNotHaveIt() {
		CommandEnvironment environment = CommandEnvironment
			.of(credentials("from-a-placeholder", "0123456789abcdef-key"));
		assertThat(left(environment,
				Map.of("MY_SECRET", "from-a-placeholder\n", "MY_KEY", "0123456789abcdef-key", "OTHER", "from")))
			.containsOnlyKeys("OTHER");
	}

	@Test
	void whenASecretIsWithinTheOptionsOfTheJvmThenACommandDoesNotHaveThem() {
		CommandEnvironment environment = CommandEnvironment.of(credentials("s3cret-of-eight", "0123456789abcdef-key"));
		assertThat(left(environment,
				Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g -Dflyte.credentials.client-secret=s3cret-of-eight", "_JAVA_OPTIONS",
						"-Dflyte.credentials.store-key=0123456789abcdef-key", "JDK_JAVA_OPTIONS", "-Xmx1g")))
			.containsOnlyKeys("JDK_JAVA_OPTIONS");
	}

	@Test
	void whenAPropertyTookItsApiKeyFromAVariableThenACommandDoesNotHaveIt() {
		String key = Base64.getEncoder().encodeToString("flyte.example.com:id:s3:org".getBytes(StandardCharsets.UTF_8));
		CommandEnvironment environment = CommandEnvironment
			.of(PlatformConfig.builder().apply((all) -> all.property("flyte.api-key", key + "\n")).build());
		assertThat(left(environment, Map.of("MY_KEY", key, "APP_ARGS", "--server.port=1 --a.b=" + key, "LINE",
				" " + key + "\n", "SECRET_OF_IT", "s3", "OTHER", key.substring(8))))
			.containsOnlyKeys("OTHER");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-Dflyte.api-key=abc", "-Xmx1g -Dflyte.credentials.client-secret=a -Da=b",
			"--server.port=1 --flyte.platform.http-proxy-url=http://u:p@h:1",
			"-Dflyte.connections.east.credentials.store-key=abc", "-Dflyte.credentials.command[0]=x" })
	void whenAVariableSetsASecretThenACommandDoesNotHaveIt(String value) {
		assertThat(left(NONE, Map.of("JAVA_TOOL_OPTIONS", value, "APP_ARGS", value))).isEmpty();
		assertThat(left(NONE, Map.of("JDK_JAVA_OPTIONS", "-Dflyte.platform.url=a -Dmy.flyte.api-key=b"))).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "p%40ss,p@ss", "a-long-password,a-long-password", "pw,pw", "100%25,100%" })
	void whenTheProxyTookItsPasswordFromAVariableThenACommandDoesNotHaveIt(String written, String password) {
		String url = "http://user:" + written + "@proxy.example.com:3128";
		CommandEnvironment environment = CommandEnvironment.of(PlatformConfig.builder()
			.authMode(AuthMode.NONE)
			.apply((all) -> all.property("flyte.platform.http-proxy-url", url))
			.build());
		assertThat(left(environment,
				Map.of("CORP_PROXY", url, "WITHOUT_SCHEME", url.substring(7), "PROXY_PASSWORD", written, "DECODED",
						password, "HTTPS_PROXY", url, "no_proxy", "proxy.example.com", "SHELL", "/bin/" + "pw-shell")))
			.containsOnlyKeys("HTTPS_PROXY", "no_proxy", "SHELL");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"flyte\":{\"api-key\":\"abc\"}}", "{\"flyte.credentials.client-secret\":\"abc\"}",
			"{\"FLYTE_API_KEY\":\"abc\"}" })
	void whenSettingsAreOneVariableThenACommandDoesNotHaveIt(String json) {
		assertThat(left(NONE, Map.of("SPRING_APPLICATION_JSON", json))).isEmpty();
		assertThat(left(NONE, Map.of("SPRING_APPLICATION_JSON", "{\"server.port\":1}"))).hasSize(1);
	}

	@Test
	void whenASecretIsShortThenOnlyItselfIsOne() {
		CommandEnvironment environment = CommandEnvironment.of(credentials("bin", ""));
		assertThat(left(environment, Map.of("PATH", "/bin", "MY_SECRET", "bin"))).containsOnlyKeys("PATH");
	}

	@Test
	void whenAConnectionReadsItsSecretFromAVariableThenItsCommandsDoNotHaveIt() {
		String name = System.getenv()
			.keySet()
			.stream()
			.filter((key) -> !System.getenv(key).isBlank())
			.findFirst()
			.get();
		CommandEnvironment environment = CommandEnvironment.of(PlatformConfig.builder().apply((all) -> {
			all.property("flyte.credentials.client-id", "id");
			all.property("flyte.credentials.client-secret-env-var", name);
		}).build());
		assertThat(left(environment, Map.of(name, "whatever", "OTHER", "x"))).containsOnlyKeys("OTHER");
	}

	@Test
	void whenACommandRunsThenItDoesNotHaveTheSecretsOfThisProcess() throws Exception {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", System.getProperty("java.class.path"), VariablesOfACommand.class.getName());
		builder.environment().put("FLYTE_API_KEY", "s3cret-1");
		builder.environment().put("FLYTE_CREDENTIALS_CLIENT_SECRET", "s3cret-2");
		builder.environment().put("SOME_OTHER_VARIABLE", "seen");
		Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(output).contains("SOME_OTHER_VARIABLE")
			.doesNotContain("FLYTE_API_KEY", "FLYTE_CREDENTIALS_CLIENT_SECRET");
	}

	private static PlatformConfig credentials(String secret, String key) {
		return PlatformConfig.builder()
			.authMode(secret.isEmpty() ? AuthMode.NONE : AuthMode.CLIENT_CREDENTIALS)
			.apply((all) -> {
				all.property("flyte.credentials.client-id", "id");
				all.property("flyte.credentials.client-secret", secret);
				all.property("flyte.credentials.store-key", key);
			})
			.build();
	}

	private static Map<String, String> left(CommandEnvironment environment, Map<String, String> variables) {
		Map<String, String> left = new HashMap<>(variables);
		environment.removeSecrets(left);
		return left;
	}

}
