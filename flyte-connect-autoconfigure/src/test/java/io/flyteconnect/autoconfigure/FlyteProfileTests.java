package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.configfile.FlyteFilePropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One application in three places: the profile alone changes where it connects and how.
 */
@Tag("once")
class FlyteProfileTests {

	private final Path folder;

	FlyteProfileTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@BeforeEach
	void files() throws IOException {
		write("application.yml", "flyte.credentials.audience: everywhere\n");
		write("application-sandbox.yml", """
				flyte:
				  platform:
				    url: localhost:30080
				    insecure: true
				  credentials:
				    auth-mode: none
				""");
		write("application-staging.yml", """
				flyte:
				  platform:
				    url: flyte.staging.example.com
				    insecure-skip-verify: true
				  credentials:
				    auth-mode: device-flow
				""");
		write("application-prod.yml", """
				flyte:
				  platform:
				    url: flyte.example.com
				    ca-cert-file-path: /etc/flyte/ca.pem
				  credentials:
				    auth-mode: client-credentials
				    client-secret: prod-secret
				""");
		write("home/.flyte/config.yaml", """
				admin:
				  endpoint: file.example.com
				  clientId: file-id
				  audience: file-audience
				  scopes: [file-scope]
				""");
	}

	@Test
	void whenSandboxThenPlaintextWithoutLogin() {
		PlatformConfig config = config(application("sandbox"));
		assertThat(config.endpoint().target()).isEqualTo("dns:///localhost:30080");
		assertThat(config.tls().insecure()).isTrue();
		assertThat(config.credentials().authMode()).isEqualTo(AuthMode.NONE);
	}

	@Test
	void whenStagingThenAnyCertificateAndDeviceFlow() {
		PlatformConfig config = config(application("staging"));
		assertThat(config.endpoint().target()).isEqualTo("dns:///flyte.staging.example.com:443");
		assertThat(config.tls().insecure()).isFalse();
		assertThat(config.tls().insecureSkipVerify()).isTrue();
		assertThat(config.credentials().authMode()).isEqualTo(AuthMode.DEVICE_FLOW);
	}

	@Test
	void whenProdThenOwnCertificatesAndClientCredentials() {
		PlatformConfig config = config(application("prod"));
		assertThat(config.endpoint().target()).isEqualTo("dns:///flyte.example.com:443");
		assertThat(config.tls().insecureSkipVerify()).isFalse();
		assertThat(config.tls().caCertFilePath()).isEqualTo(Path.of("/etc/flyte/ca.pem"));
		assertThat(config.credentials().authMode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
	}

	@Test
	void whenProfileSaysNothingThenFlyteFileFillsIn() {
		for (String profile : new String[] { "sandbox", "staging", "prod" }) {
			PlatformConfig config = config(application(profile));
			assertThat(config.credentials().clientId()).isEqualTo("file-id");
			assertThat(config.credentials().scopes()).containsExactly("file-scope");
			assertThat(config.credentials().audience()).isEqualTo("everywhere");
			assertThat(config.configSource()).isEqualTo(this.folder.resolve("home/.flyte/config.yaml").toString());
		}
	}

	@Test
	void whenVariableIsSetThenItBeatsEveryProfileAndTheFile() {
		for (String profile : new String[] { "sandbox", "staging", "prod" }) {
			PlatformConfig config = config(
					application(profile).variable("FLYTE_PLATFORM_URL", "variable.example.com:81")
						.variable("FLYTE_PLATFORM_INSECURE", "true")
						.variable("FLYTE_CREDENTIALS_AUTH_MODE", "Pkce")
						.variable("FLYTE_CREDENTIALS_CLIENT_ID", ""));
			assertThat(config.endpoint().text()).isEqualTo("variable.example.com:81");
			assertThat(config.tls().insecure()).isTrue();
			assertThat(config.credentials().authMode()).isEqualTo(AuthMode.PKCE);
			assertThat(config.credentials().clientId()).isNull();
		}
	}

	@Test
	void whenArgumentIsGivenThenItBeatsVariables() {
		PlatformConfig config = config(application("prod").variable("FLYTE_PLATFORM_URL", "variable.example.com")
			.argument("--flyte.platform.url=argument.example.com"));
		assertThat(config.endpoint().host()).isEqualTo("argument.example.com");
	}

	@Test
	void whenNoProfileThenEndpointIsThatOfTheFile() {
		assertThat(config(new TestApplications(this.folder)).endpoint().host()).isEqualTo("file.example.com");
	}

	@Test
	void whenApplicationYmlNamesTheFileThenItIsRead() throws IOException {
		Path other = write("other.yaml", "admin:\n  endpoint: other.example.com\n");
		write("application.yml", "flyte.config-file: " + other);
		assertThat(config(new TestApplications(this.folder)).endpoint().host()).isEqualTo("other.example.com");
	}

	@Test
	void whenVariableNamesTheFileThenItIsRead() throws IOException {
		Path other = write("other.ini", "[platform]\nurl = other.example.com\n");
		PlatformConfig config = config(
				new TestApplications(this.folder).variable("FLYTE_CONFIG_FILE", other.toString()));
		assertThat(config.endpoint().host()).isEqualTo("other.example.com");
	}

	@Test
	void whenFileIsNoneThenNothingIsRead() {
		PlatformConfig config = config(new TestApplications(this.folder).argument("--flyte.config-file=none"));
		assertThat(config.endpoint().text()).isEqualTo("localhost:30080");
		assertThat(config.configSource()).isNull();
	}

	@Test
	void whenDisabledThenEvenABrokenFileIsNotRead() throws IOException {
		write("home/.flyte/config.yaml", "admin: [");
		try (ConfigurableApplicationContext context = new TestApplications(this.folder)
			.argument("--flyte.enabled=false")
			.run()) {
			assertThat(context.getEnvironment().getPropertySources())
				.noneMatch(FlyteFilePropertySource.class::isInstance);
		}
	}

	@Test
	void whenFileHasWhatLooksLikePlaceholderThenItIsText() throws IOException {
		write("home/.flyte/config.yaml", "admin:\n  clientId: ${HOME}/$HOME\n  audience: ${HOME:x}-${NOPE}\n");
		write("application.yml", "flyte.credentials.authorization-header: ${my.header}\nmy.header: x-flyte\n");
		try (ConfigurableApplicationContext context = new TestApplications(this.folder).run()) {
			PlatformConfig config = context.getBean(PlatformConfig.class);
			assertThat(config.credentials().clientId()).isEqualTo("${HOME}/$HOME");
			assertThat(config.credentials().audience()).isEqualTo("${HOME:x}-${NOPE}");
			assertThat(config.credentials().authorizationHeader()).isEqualTo("x-flyte");
			assertThat(context.getEnvironment().getProperty("flyte.credentials.client-id")).isEqualTo("${HOME}/$HOME");
		}
	}

	private TestApplications application(String profile) {
		return new TestApplications(this.folder).argument("--spring.profiles.active=" + profile);
	}

	private static PlatformConfig config(TestApplications application) {
		try (ConfigurableApplicationContext context = application.run()) {
			return context.getBean(PlatformConfig.class);
		}
	}

	private Path write(String name, String text) throws IOException {
		Path file = this.folder.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

}
