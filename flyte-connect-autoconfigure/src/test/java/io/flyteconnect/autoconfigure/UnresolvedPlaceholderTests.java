package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.PlatformConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a text setting does with a placeholder that nothing resolves, and with what only
 * looks like one.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class UnresolvedPlaceholderTests {

	private final Path folder;

	UnresolvedPlaceholderTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			credentials.client-secret          | ${NOPE}                      | ${NOPE}
			credentials.client-secret          | s3cret${NOPE}                | ${NOPE}
			credentials.client-secret          | ${SET:s3cret}${no.pe}        | ${no.pe}
			credentials.client-secret          | ${indirect}                  | ${NOPE}
			credentials.client-secret          | ${no.pe:${NOPE}}             | ${NOPE}
			credentials.client-secret-location | ${NOPE}/secret               | ${NOPE}
			credentials.client-id              | ${NOPE}                      | ${NOPE}
			credentials.scopes                 | "all, ${NOPE}"               | ${NOPE}
			credentials.scopes[0]              | ${NOPE}                      | ${NOPE}
			credentials.audience               | ${NOPE}                      | ${NOPE}
			credentials.command                | ${NOPE}                      | ${NOPE}
			credentials.command                | get-token ${NOPE}            | ${NOPE}
			credentials.command[0]             | ${NOPE}/get-token            | ${NOPE}
			credentials.store-key              | ${NOPE}                      | ${NOPE}
			credentials.token-url              | https://${NOPE}/token        | ${NOPE}
			api-key                            | ${NOPE}                      | ${NOPE}
			config-file                        | ${NOPE}                      | ${NOPE}
			platform.url                       | dns:///${NOPE}:${PORT:8089}  | ${NOPE}
			platform.http-proxy-url            | http://user:s3cret@${NOPE}   | ${NOPE}
			platform.ca-cert-file-path         | ${NOPE}                      | ${NOPE}
			secrets.default-dir                | ${NOPE}                      | ${NOPE}
			channel.user-agent                 | app/${NOPE}                  | ${NOPE}
			""")
	void whenNothingResolvesItThenTheStartFailsWithItsPlace(String property, String value, String placeholder,
			CapturedOutput output) throws IOException {
		write("application.yml", "flyte:\n  '" + property + "': '" + value + "'\nindirect: ${NOPE}\n");
		fails(application());
		assertThat(output)
			.contains("The configuration of Flyte cannot be used:", "Property: flyte." + property,
					"Reason: Nothing resolves the placeholder in '" + placeholder + "'.",
					"Set what the placeholder names, give it a default after a colon", "write a backslash before it.")
			.containsPattern("Origin: .*application.yml.*:2:")
			.doesNotContain("s3cret");
	}

	@ParameterizedTest
	@CsvSource({ "FLYTE_PLATFORM_URL,https://${NOPE},platform.url", "FLYTE_CREDENTIALS_CLIENT_ID,a${NOPE},client-id",
			"FLYTE_CREDENTIALS_CLIENT_SECRET,${NOPE},client-secret", "FLYTE_API_KEY,${NOPE},api-key",
			"FLYTE_CREDENTIALS_STORE_KEY, ${NOPE} ,store-key" })
	void whenAVariableHasItThenTheVariableIsNamed(String variable, String value, String property,
			CapturedOutput output) {
		fails(application().variable(variable, value));
		assertThat(output).contains(property + "\n", "Origin: environment variable " + variable,
				"Reason: Nothing resolves the placeholder in '${NOPE}'.");
	}

	@Test
	void whenItNamesAVariableOfASecretThenItIsShownAllTheSame(CapturedOutput output) throws IOException {
		write("application.yml", "flyte.credentials.client-secret: ${_FSEC_NOPE}\n");
		fails(TestApplications.autoConfigured(this.folder));
		assertThat(output).contains("Nothing resolves the placeholder in '${_FSEC_NOPE}'.", "application.yml]:1:34");
	}

	@Test
	void whenTheCommandLineHasItThenItIsNamed(CapturedOutput output) {
		fails(application().argument("--flyte.credentials.audience=${NOPE}"));
		assertThat(output).contains("Property: flyte.credentials.audience", "commandLineArgs", "in '${NOPE}'.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pa${ss}word", "${a b}", "${", "${}x" })
	void whenAVariableHoldsASecretWithItThenItIsASecret(String secret) throws IOException {
		write("application.yml", "flyte.credentials.client-id: me\n");
		assertThat(secret(application().variable("FLYTE_CREDENTIALS_CLIENT_SECRET", secret))).isEqualTo(secret);
	}

	@Test
	void whenAResolvedPlaceholderHoldsASecretWithItThenItIsASecret() throws IOException {
		write("application.yml",
				"flyte.credentials:\n  client-id: me\n  client-secret: ${indirect}\nindirect: ${LOCAL_SECRET}\n");
		assertThat(secret(application().variable("LOCAL_SECRET", "pa${ss}word"))).isEqualTo("pa${ss}word");
	}

	@Test
	void whenABackslashIsBeforeItThenItIsText() throws IOException {
		write("application.yml", "flyte.credentials:\n  client-id: me\n  client-secret: 'a\\${NOPE}'\n");
		assertThat(secret(application())).isEqualTo("a${NOPE}");
	}

	@Test
	void whenAStrongerSourceSaysItThenTheWeakerDoesNotMatter() throws IOException {
		write("application.yml", "flyte.credentials:\n  client-id: me\n  client-secret: ${NOPE}\n");
		assertThat(secret(application().variable("FLYTE_CREDENTIALS_CLIENT_SECRET", "s3cret"))).isEqualTo("s3cret");
	}

	@Test
	void whenACommandIsAScriptThenItsVariablesAreItsOwn() throws IOException {
		write("application.yml", """
				flyte.credentials:
				  auth-mode: external-command
				  command: [sh, -c, 'T=$(get); echo ${T}']
				""");
		try (ConfigurableApplicationContext context = application().run()) {
			assertThat(context.getBean(PlatformConfig.class).credentials().command()).containsExactly("sh", "-c",
					"T=$(get); echo ${T}");
		}
	}

	private static String secret(TestApplications application) {
		try (ConfigurableApplicationContext context = application.run()) {
			CredentialSettings.ClientSecret secret = context.getBean(PlatformConfig.class).credentials().clientSecret();
			assertThat(secret).isNotNull();
			return secret.read();
		}
	}

	private TestApplications application() {
		return new TestApplications(this.folder);
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.folder.resolve(name), text);
	}

	private static void fails(TestApplications application) {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> application.run().close());
	}

}
