package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfigs;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a person reads whose value cannot become what the property takes, from each kind
 * of source.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class UnusableValueTests {

	private final Path folder;

	UnusableValueTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					platform.insecure              | maybe        | 'maybe' is neither true nor false.           | to true or false
					enabled                        | perhaps      | 'perhaps' is neither true nor false.         | to true or false
					channel.deadline               | soon         | 'soon' is no duration.                       | 30s, 500ms or 2m
					credentials.pkce.timeout       | 5 years      | '5 years' is no duration.                    | 30s, 500ms or 2m
					secrets.refresh                | daily        | 'daily' is no duration.                      | 30s, 500ms or 2m
					channel.max-message-size       | big          | 'big' is no size.                            | 4MB or 512KB
					channel.max-retries            | many         | 'many' is no whole number, or too large      | a whole number such as 4
					channel.max-retries            | 99999999999  | '99999999999' is no whole number, or too     | a whole number such as 4
					credentials.store              | redis        | 'redis' is none of memory, jdbc, file.       | to one of memory, jdbc, file
					credentials.interactive        | sometimes    | 'sometimes' is none of auto, always, never.  | to one of auto, always, never
					startup-check-timeout          | soon         | 'soon' is no duration.                       | 30s, 500ms or 2m
					startup-check                  | later        | 'later' is none of none, warn, fail.         | to one of none, warn, fail
					credentials.store              | memroy       | 'memroy' is none of memory, jdbc, file; did you mean 'memory'? | to one of memory, jdbc, file
					credentials.auth-mode          | client-credntials | 'client-credntials' is no mode of login; did you mean 'client-credentials'? Use one of pkce, | one of pkce, standard
					credentials.auth-mode          | devcie_flow  | 'devcie_flow' is no mode of login; did you mean 'device-flow'? Use one of pkce, | one of pkce, standard
					credentials.auth-mode          | kerberos     | 'kerberos' is no mode of login.              | pkce, standard, client-credentials
					platform.console-endpoint      | http://[x    | 'http://[x' is no address of a web page.         | a URL such as https://
					platform                       | text         | It has settings below it, and is no value    | below flyte.platform
					platform.insecure              | ${NOPE}      | Nothing resolves the placeholder in '${NOPE}'.      | a default after a colon
					""")
	void whenApplicationYmlHasItThenPlaceReasonAndFormAreNamed(String property, String value, String reason,
			String action, CapturedOutput output) throws IOException {
		Path file = Files.writeString(this.folder.resolve("application.yml"),
				"flyte." + property + ": " + value + "\n");
		fails(application());
		assertThat(output)
			.contains("APPLICATION FAILED TO START", "The configuration of Flyte cannot be used:",
					"Property: flyte." + property, "Reason: " + reason, action)
			.containsPattern("Origin: .*" + file.getFileName() + ".*:1:" + (9 + property.length()))
			.doesNotContain("No converter found", "failed to convert", "java.lang.", "Failed to bind properties");
	}

	@ParameterizedTest
	@CsvSource({ "credentials.scopes[0].x,credentials.scopes", "credentials.scopes[2],credentials.scopes",
			"credentials.command[a],credentials.command", "credentials.proxy-command[1],credentials.proxy-command",
			"execution.secrets[0].x,execution.secrets", "execution.tokens[1].name,execution.tokens" })
	void whenItIsNoElementOfItsListThenItsPlaceAndTheListAreNamed(String property, String list, CapturedOutput output)
			throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), "'flyte." + property + "': s3cret\n");
		fails(TestApplications.autoConfigured(this.folder));
		assertThat(output)
			.contains("Property: flyte." + property, "Reason: It is no element of the list flyte." + list + ".",
					"as in flyte." + list + "[0] and flyte." + list + "[1]", "Origin: ", "application.yml")
			.doesNotContain("s3cret", "Bindable@");
	}

	@ParameterizedTest
	@CsvSource({ "FLYTE_PLATFORM_INSECURE,maybe,platform.insecure,neither true nor false",
			"FLYTE_CHANNEL_DEADLINE,soon,channel.deadline,no duration",
			"FLYTE_CHANNEL_MAX_RETRIES,2.5,channel.max-retries,no whole number",
			"FLYTE_CREDENTIALS_STORE,disk,credentials.store,none of memory",
			"FLYTE_SECRETS_REFRESH,1 week,secrets.refresh,no duration",
			"FLYTE_ENABLED,ja,enabled,neither true nor false" })
	void whenVariableHasItThenItIsNamed(String variable, String value, String property, String reason,
			CapturedOutput output) {
		fails(application().variable(variable, value));
		assertThat(output).contains("Property: flyte." + property, "Origin: environment variable " + variable,
				"Reason: '" + value + "' is " + reason, "Set flyte." + property + " to ");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "insecure: maybe,2:13,platform.insecure,'maybe' is neither",
					"insecureSkipVerify: 0x1,2:23,platform.insecure-skip-verify,'0x1' is neither",
					"maxRetries: lots,2:15,channel.max-retries,'lots' is no whole number",
					"authType: Kerberos,2:13,credentials.auth-mode,'Kerberos' is no mode" })
	void whenFlyteYamlHasItThenLineAndColumnAreNamed(String admin, String place, String property, String reason,
			CapturedOutput output) throws IOException {
		Path file = home("config.yaml", "admin:\n  " + admin + "\n");
		fails(application());
		assertThat(output).contains("Property: flyte." + property, "Origin: " + file + ":" + place, "Reason: " + reason,
				"Set flyte." + property + " to ");
	}

	@Test
	void whenFlyteIniHasItThenLineAndColumnAreNamed(CapturedOutput output) throws IOException {
		Path file = home("config", "[platform]\ninsecure_skip_verify = ja\n");
		fails(application());
		assertThat(output).contains("Property: flyte.platform.insecure-skip-verify", "Origin: " + file + ":2:24",
				"Reason: 'ja' is neither true nor false.");
	}

	@Test
	void whenArgumentHasItThenTheCommandLineIsNamed(CapturedOutput output) {
		fails(application().argument("--flyte.channel.idle-timeout=never"));
		assertThat(output).contains("Property: flyte.channel.idle-timeout", "commandLineArgs",
				"Reason: 'never' is no duration.");
	}

	@Test
	void whenValueMayHoldAPasswordThenItIsNotShown(CapturedOutput output) {
		fails(application().variable("FLYTE_CREDENTIALS_TOKEN_URL", "https://user:pa55word@[idp/token"));
		assertThat(output).contains("Property: flyte.credentials.token-url", "is no URL of a token endpoint.")
			.doesNotContain("pa55word");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = { "FLYTE_CHANNEL_DEADLINE,soon,'soon' is no duration.",
			"FLYTE_CHANNEL_MAX_METADATA_SIZE,-,'-' is no size.",
			"FLYTE_CREDENTIALS_TOKEN_URL,https://user:pa55word@[a,'https://******@[a' is no URL of a token endpoint." })
	void whenThereIsNoApplicationThenTheSameIsSaid(String variable, String value, String reason) {
		ProcessEnvironment process = new ProcessEnvironment(Map.of(variable, value), this.folder, this.folder);
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfigs.auto(process, "none"))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(reason))
			.satisfies((ex) -> assertThat(ex.getOrigin()).isEqualTo("environment variable " + variable))
			.satisfies((ex) -> assertThat(ex.getAction()).startsWith("Set flyte."))
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining(reason))
			.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain("pa55word"));
	}

	private static String stackTrace(Throwable ex) {
		StringBuilder text = new StringBuilder();
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			text.append(cause).append('\n');
		}
		return text.toString();
	}

	private Path home(String name, String text) throws IOException {
		Path file = this.folder.resolve("home/.flyte").resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

	private TestApplications application() {
		return new TestApplications(this.folder);
	}

	private static void fails(TestApplications application) {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> application.run().close());
	}

}
