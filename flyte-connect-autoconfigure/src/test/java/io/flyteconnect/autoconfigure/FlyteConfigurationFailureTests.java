package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a person reads when the settings cannot mean anything.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class FlyteConfigurationFailureTests {

	private final Path folder;

	FlyteConfigurationFailureTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void whenBooleanOfFileIsNoWordThenFileLineAndColumnAreNamed(CapturedOutput output) throws IOException {
		Path file = home("config.yaml", "admin:\n  endpoint: flyte.example.com\n  insecure: maybe\n");
		fails(application());
		assertThat(output).contains("flyte.platform.insecure").contains("maybe").contains("Origin: " + file + ":3:13");
	}

	@Test
	void whenBooleanOfIniIsNoWordThenFileLineAndColumnAreNamed(CapturedOutput output) throws IOException {
		Path file = home("config", "[platform]\ninsecure = y\n");
		fails(application());
		assertThat(output).contains("flyte.platform.insecure").contains("Origin: " + file + ":2:12");
	}

	@Test
	void whenBooleanOfVariableIsNoWordThenVariableIsNamed(CapturedOutput output) {
		fails(application().variable("FLYTE_PLATFORM_INSECURE", "00"));
		assertThat(output).contains("flyte.platform.insecure").contains("FLYTE_PLATFORM_INSECURE").contains("00");
	}

	@Test
	void whenYamlIsMalformedThenPlaceAndRemedyAreNamed(CapturedOutput output) throws IOException {
		Path file = home("config.yaml", "admin:\n  endpoint: [unclosed\n");
		fails(application());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("File: " + file + ":3:1")
			.contains("no valid YAML")
			.contains("flyte.config-file");
	}

	@Test
	void whenYamlHasTwoDocumentsThenPlaceIsNamed(CapturedOutput output) throws IOException {
		Path file = home("config.yaml", "admin:\n  endpoint: a\n---\nadmin:\n  endpoint: b\n");
		fails(application());
		assertThat(output).contains("File: " + file + ":3:1").contains("another document");
	}

	@Test
	void whenTopLevelIsNoMapThenPlaceIsNamed(CapturedOutput output) throws IOException {
		Path file = home("config.yaml", "# a list\n- admin\n");
		fails(application());
		assertThat(output).contains("File: " + file + ":2:1").contains("The top level is no map.");
	}

	@Test
	void whenAdminIsNoMapThenPlaceIsNamed(CapturedOutput output) throws IOException {
		Path file = home("config.yaml", "admin: flyte.example.com\n");
		fails(application());
		assertThat(output).contains("File: " + file + ":1:8").contains("'admin' is no map.");
	}

	@Test
	void whenFileNamedByPropertyIsMissingThenPropertyAndPathAreNamed(CapturedOutput output) {
		Path file = this.folder.resolve("nope.yaml");
		fails(application().argument("--flyte.config-file=" + file));
		assertThat(output).contains("File: " + file).contains("flyte.config-file names does not exist");
	}

	@Test
	void whenFileNamedByApplicationYmlIsFolderThenPropertyAndPathAreNamed(CapturedOutput output) throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), "flyte.config-file: " + this.folder);
		fails(application());
		assertThat(output).contains("File: " + this.folder).contains("flyte.config-file names is a folder");
	}

	@Test
	void whenFileNamedByFlytectlIsMissingThenVariableAndPathAreNamed(CapturedOutput output) {
		Path file = this.folder.resolve("nope.yaml");
		fails(application().variable("FLYTECTL_CONFIG", file.toString()));
		assertThat(output).contains("File: " + file)
			.contains("environment variable FLYTECTL_CONFIG names does not exist");
	}

	@Test
	void whenModeIsUnknownThenWordsAndPlaceAreNamed(CapturedOutput output) throws IOException {
		Path file = home("config.yaml", "admin:\n  authType: Kerberos\n");
		fails(application());
		assertThat(output).contains("flyte.credentials.auth-mode")
			.contains(file + ":2:13")
			.contains("'Kerberos' is no mode of login")
			.doesNotContain("CLIENT_CREDENTIALS")
			.contains("pkce, standard, client-credentials, client-secret, basic, external-command, external-process,"
					+ " device-flow, none");
	}

	@Test
	void whenVariableOfSecretIsUnsetThenPropertyPlaceAndVariableAreNamed(CapturedOutput output) throws IOException {
		Path file = home("config.yaml", "admin:\n  clientId: id\n  clientSecretEnvVar: MY_SECRET\n");
		fails(application());
		assertThat(output).contains("Property: flyte.credentials.client-secret-env-var")
			.contains("Origin: " + file + ":3:23")
			.contains("the environment variable MY_SECRET is not set");
	}

	@Test
	void whenFileOfSecretIsMissingThenPropertyAndFileAreNamed(CapturedOutput output) {
		fails(application().variable("FLYTE_CREDENTIALS_CLIENT_ID", "id")
			.variable("FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION", "/nowhere/secret"));
		assertThat(output).contains("Property: flyte.credentials.client-secret-location")
			.contains("Origin: environment variable FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION")
			.contains("the file /nowhere/secret does not exist");
	}

	@Test
	void whenFileOfSecretIsEmptyThenItIsNamed(CapturedOutput output) throws IOException {
		Path secret = Files.writeString(this.folder.resolve("secret"), "\n");
		fails(application().variable("FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION", secret.toString()));
		assertThat(output).contains("the file " + secret + " is empty");
	}

	@Test
	void whenSecretIsMissingAndOtherModeIsGivenThenModeStandsWithWarning(CapturedOutput output) throws IOException {
		home("config.yaml", "admin:\n  authType: Pkce\n  clientSecretLocation: /nowhere/secret\n");
		try (ConfigurableApplicationContext context = application().run()) {
			PlatformConfig config = context.getBean(PlatformConfig.class);
			assertThat(config.credentials().authMode()).isEqualTo(AuthMode.PKCE);
			assertThat(config.credentials().clientSecret()).isNull();
		}
		assertThat(output).contains("WARN")
			.contains("auth-mode pkce stands: flyte.credentials.client-secret-location: the file /nowhere/secret");
	}

	@Test
	void whenClientIdIsMissingThenItIsAskedFor(CapturedOutput output) {
		fails(application().variable("FLYTE_CREDENTIALS_CLIENT_SECRET", "s3cret-value"));
		assertThat(output).contains("Property: flyte.credentials.client-id")
			.contains("Set flyte.credentials.client-id")
			.doesNotContain("s3cret-value");
	}

	@Test
	void whenEndpointHasPathThenPlaceAndFormAreNamed(CapturedOutput output) throws IOException {
		Files.writeString(this.folder.resolve("application.yml"),
				"flyte:\n  platform:\n    url: flyte.example.com/console\n");
		fails(application());
		assertThat(output).contains("Property: flyte.platform.url")
			.contains("application.yml")
			.contains("3:10")
			.contains("an endpoint has no path")
			.contains("flyte.example.com:443");
	}

	@Test
	void whenProxyCannotBeReadThenPasswordIsNotShown(CapturedOutput output) {
		fails(application().variable("FLYTE_PLATFORM_HTTP_PROXY_URL", "socks5://user:pa55word@proxy:1080"));
		assertThat(output).contains("Property: flyte.platform.http-proxy-url")
			.contains("'socks5' proxies are not supported")
			.doesNotContain("pa55word");
	}

	@Test
	void whenApiKeyCannotBeReadThenItIsNotShown(CapturedOutput output) {
		fails(application().variable("FLYTE_API_KEY", "bm90LWEta2V5"));
		assertThat(output).contains("Property: flyte.api-key")
			.contains("environment variable FLYTE_API_KEY")
			.doesNotContain("bm90LWEta2V5")
			.doesNotContain("not-a-key");
	}

	@Test
	void whenDurationOfFileHasNoUnitThenPlaceIsNamed(CapturedOutput output) throws IOException {
		Path file = home("config.yaml", "admin:\n  perRetryTimeout: 15\n");
		fails(application());
		assertThat(output).contains("File: " + file + ":2:20").contains("for example 30s, 500ms or 2m30s");
	}

	@Test
	void whenKeysAreUnknownThenOneWarningNamesThemWithLines(CapturedOutput output) throws IOException {
		home("config.yaml",
				"admin:\n  clientid: a\n  useAuth: true\n  clientSecret: inline-secret\nlogger:\n  level: 0\n");
		application().run().close();
		assertThat(output).containsOnlyOnce("keys that mean nothing")
			.contains("admin.clientid (line 2, did you mean admin.clientId?), admin.clientSecret (line 4)")
			.doesNotContain("useAuth")
			.doesNotContain("logger")
			.doesNotContain("inline-secret");
	}

	@Test
	void whenSecretWinsOverModeThenOneLineSaysSo(CapturedOutput output) throws IOException {
		Path secret = Files.writeString(this.folder.resolve("secret"), "hidden");
		home("config.yaml", "admin:\n  authType: Pkce\n  clientId: id\n  clientSecretLocation: " + secret + "\n");
		application().run().close();
		assertThat(output).containsOnlyOnce("the client secret from file " + secret + " wins over auth-mode pkce")
			.contains("Flyte connection 'default'")
			.doesNotContain("hidden");
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
