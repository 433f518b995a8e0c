package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnections;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.FlyteExecutions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Where the settings of a named connection come from: properties, variables, a Flyte file
 * of its own, and, where it inherits, the unnamed connection.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class NamedSettingsTests {

	private final Path folder;

	NamedSettingsTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@BeforeEach
	void files() throws IOException {
		write("home/.flyte/config.yaml", """
				admin:
				  endpoint: unnamed.example.com
				  clientId: unnamed-id
				  audience: unnamed-audience
				""");
		write("prod.yaml", """
				admin:
				  endpoint: prod.example.com
				  authType: DeviceFlow
				  clientId: "prod-id"
				  scopse: [misspelt]
				""");
		write("application.yml", """
				flyte:
				  channel:
				    deadline: 7s
				  execution:
				    run-as:
				      iam-role: unnamed-role
				  connections:
				    prod:
				      config-file: %s
				    alone:
				      platform:
				        url: alone.example.com
				    heir:
				      inherit: true
				      platform:
				        url: heir.example.com
				      credentials:
				        audience:
				""".formatted(this.folder.resolve("prod.yaml")));
	}

	@Test
	void whenAConnectionHasAFlyteFileThenItIsReadForThisOneOnly(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().run()) {
			PlatformConfig config = config(context, "prod");
			assertThat(config.endpoint()).hasToString("prod.example.com");
			assertThat(config.credentials().authMode()).isEqualTo(AuthMode.DEVICE_FLOW);
			assertThat(config.configSource()).isEqualTo(this.folder.resolve("prod.yaml").toString());
			assertThat(config.origins().describe("credentials.client-id")).isEqualTo(
					"flyte.connections.prod.credentials.client-id (" + this.folder.resolve("prod.yaml") + ":4:13)");
			assertThat(config(context, "default").endpoint()).hasToString("unnamed.example.com");
			assertThat(config(context, "alone").configSource()).isNull();
		}
		assertThat(output).contains("Using the Flyte file " + this.folder.resolve("prod.yaml") + " for")
			.contains("admin.scopse (line 5");
	}

	@Test
	void whenAFlyteFileIsNotThereThenTheSettingOfTheConnectionIsNamed() throws IOException {
		Files.delete(this.folder.resolve("prod.yaml"));
		assertThatException().isThrownBy(() -> application().run())
			.withMessageContaining("The Flyte file that flyte.connections.prod.config-file names does not exist");
	}

	@Test
	void whenNothingIsInheritedThenASettingOfTheUnnamedConnectionIsNotSeen() {
		try (ConfigurableApplicationContext context = application()
			.variable("FLYTE_CREDENTIALS_CLIENT_SECRET", "of-the-unnamed")
			.variable("FLYTE_CREDENTIALS_SCOPES", "unnamed-scope")
			.run()) {
			PlatformConfig config = config(context, "alone");
			assertThat(config.endpoint()).hasToString("alone.example.com");
			assertThat(config.credentials().authMode()).isEqualTo(AuthMode.PKCE);
			assertThat(config.credentials().clientId()).isNull();
			assertThat(config.credentials().clientSecret()).isNull();
			assertThat(config.credentials().scopes()).isEmpty();
			assertThat(config.channel().deadline()).isNotEqualTo(config(context, "default").channel().deadline());
			assertThat(config(context, "default").credentials().scopes()).containsExactly("unnamed-scope");
			assertThat(context.getBean("aloneFlyteExecutions")).isInstanceOf(FlyteExecutions.class);
		}
	}

	@Test
	void whenAConnectionInheritsThenWhatItDoesNotSetIsThatOfTheUnnamedOneWithItsOrigin() {
		try (ConfigurableApplicationContext context = application().variable("FLYTE_CREDENTIALS_STOREFILE", "shared")
			.run()) {
			PlatformConfig config = config(context, "heir");
			assertThat(config.endpoint()).hasToString("heir.example.com");
			assertThat(config.credentials().clientId()).isEqualTo("unnamed-id");
			assertThat(config.credentials().audience()).as("set empty").isNull();
			assertThat(config.channel().deadline()).hasSeconds(7);
			assertThat(config.credentials().store().file().getFileName()).hasToString("heir");
			assertThat(config(context, "default").credentials().store().file().getFileName()).hasToString("shared");
			assertThat(config.origins().describe("credentials.client-id"))
				.isEqualTo("flyte.credentials.client-id (" + this.folder.resolve("home/.flyte/config.yaml") + ":3:13)");
			assertThat(config.origins().describe("platform.url")).startsWith("flyte.connections.heir.platform.url (")
				.contains("application.yml]:16:14");
		}
	}

	@Test
	void whenAConnectionInheritsAndHasAFileThenTheFileWins() throws IOException {
		append("    prod.inherit: true\n");
		try (ConfigurableApplicationContext context = application().run()) {
			PlatformConfig config = config(context, "prod");
			assertThat(config.credentials().clientId()).isEqualTo("prod-id");
			assertThat(config.credentials().audience()).isEqualTo("unnamed-audience");
		}
	}

	@Test
	void whenAConnectionHasAnotherPlaceOfTheSecretThenThatOfTheUnnamedOneIsNotInherited() throws IOException {
		Path secret = write("secret", "of-the-heir");
		try (ConfigurableApplicationContext context = application()
			.variable("FLYTE_CREDENTIALS_CLIENTSECRETENVVAR", "S")
			.variable("S", "of-the-unnamed")
			.variable("FLYTE_CONNECTIONS_HEIR_CREDENTIALS_CLIENTSECRETLOCATION", secret.toString())
			.run()) {
			assertThat(config(context, "heir").credentials().clientSecret().read()).isEqualTo("of-the-heir");
			assertThat(config(context, "default").credentials().clientSecret().read()).isEqualTo("of-the-unnamed");
		}
	}

	@Test
	void whenVariablesNameConnectionsThenTheyAreThere(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application()
			.variable("FLYTE_CONNECTIONS_ALONE_PLATFORM_URL", "stronger.example.com")
			.variable("FLYTE_CONNECTIONS_US_EAST_PLATFORM_URL", "east.example.com")
			.variable("FLYTE_CONNECTIONS_US_EAST_CREDENTIALS_CLIENT_ID", "east-id")
			.variable("FLYTE_CONNECTIONS_WEST_CREDENTIALS_COMMAND_0", "print-token")
			.variable("FLYTE_CONNECTIONS_PORT_8080_TCP_ADDR", "10.0.0.1")
			.variable("FLYTE_CONNECTIONS_ALONE_PLATFORM_ULR", "misspelt")
			.argument("--flyte.connections.heir.channel.deadlin=3s")
			.argument("--flyte.connections.heir.inhert=true")
			.argument("--flyte.connections.heir.secrets.env-prefix=X")
			.run()) {
			assertThat(context.getBean(FlyteConnections.class).names()).containsExactlyInAnyOrder("default", "prod",
					"alone", "heir", "us-east", "west");
			assertThat(config(context, "alone").endpoint()).hasToString("stronger.example.com");
			assertThat(config(context, "us-east").endpoint()).hasToString("east.example.com");
			assertThat(config(context, "us-east").credentials().clientId()).isEqualTo("east-id");
		}
		assertThat(output).contains("flyte.connections.heir.channel.deadlin (")
			.contains("did you mean flyte.connections.heir.channel.deadline?")
			.contains("did you mean flyte.connections.heir.inherit?")
			.contains("flyte.connections.heir.secrets.env-prefix")
			.contains("did you mean flyte.connections.alone.platform.url (FLYTE_CONNECTIONS_ALONE_PLATFORM_URL)?")
			.doesNotContain("flyte.connections.port", "flyte.connections.us.east", "property flyte.connections.west");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "channel.deadline, soon, 'soon' is no duration",
					"platform.insecure, perhaps, neither true nor false",
					"credentials.auth-mode, pkcee, 'pkcee' is no mode of login",
					"channel, 3s, It has settings below it", "execution.poll-interval, soon, 'soon' is no duration" })
	void whenAValueCannotBeBoundThenTheReportNamesTheSettingOfTheConnection(String setting, String value, String reason,
			CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> application().argument("--flyte.connections.alone." + setting + "=" + value).run());
		assertThat(output).contains("Property: flyte.connections.alone." + setting).contains(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '#', quoteCharacter = '|', value = {
			"Unqualified# needs a bean of one Flyte connection, but does not say which:",
			"Misspelt# asks for @Qualifier(\"hair\"), but there is no Flyte connection of this name; did you mean 'heir'?",
			"MisspeltField# asks for @Qualifier(\"alon\"), but there is no Flyte connection of this name; did you mean 'alone'?" })
	void whenAnInjectionNamesNoConnectionThenTheReportListsThem(String source, String description,
			CapturedOutput output) throws Exception {
		Files.delete(this.folder.resolve("home/.flyte/config.yaml"));
		Class<?> type = Class.forName(getClass().getName() + "$" + source);
		assertThatException().isThrownBy(() -> application().source(type).run());
		assertThat(output).contains(description)
			.contains("Type: io.flyteconnect.")
			.contains("Connections: alone, heir, prod")
			.contains(
					"Write @Qualifier(\"alone\") or @Qualifier(\"heir\") or @Qualifier(\"prod\") where it is injected");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "client-credentials, s3cret, -, pkce, PKCE, -, -",
					"client-credentials, s3cret, -, device-flow, DEVICE_FLOW, -, -", "-, s3cret, -, none, NONE, -, -",
					"-, s3cret, -, client-secret, CLIENT_CREDENTIALS, unnamed-id, s3cret",
					"external-command, -, print-token, pkce, PKCE, unnamed-id, -",
					"pkce, -, print-token, external-command, EXTERNAL_COMMAND, unnamed-id, -" })
	void whenAnHeirHasAnotherModeThenItInheritsNothingOfTheOther(String mode, String secret, String command, String own,
			AuthMode expected, String clientId, String expectedSecret) throws IOException {
		Path file = write("secret", "s3cret");
		TestApplications application = application().argument("--flyte.connections.heir.credentials.auth-mode=" + own);
		if (mode != null) {
			application.argument("--flyte.credentials.auth-mode=" + mode);
		}
		if (secret != null) {
			application.argument("--flyte.credentials.client-secret-location=" + file);
		}
		if (command != null) {
			application.argument("--flyte.credentials.command[0]=" + command);
		}
		try (ConfigurableApplicationContext context = application.run()) {
			CredentialSettings heir = config(context, "heir").credentials();
			assertThat(heir.authMode()).isEqualTo(expected);
			assertThat(heir.clientId()).isEqualTo(clientId);
			assertThat((heir.clientSecret() != null) ? heir.clientSecret().read() : null).isEqualTo(expectedSecret);
			assertThat(heir.command())
				.isEqualTo((expected == AuthMode.EXTERNAL_COMMAND) ? List.of("print-token") : List.of());
		}
	}

	@Test
	void whenAnHeirHasASecretThenItInheritsNoModeThatHasNone() throws IOException {
		Path file = write("secret", "of-the-heir");
		try (ConfigurableApplicationContext context = application()
			.argument("--flyte.credentials.auth-mode=device-flow")
			.argument("--flyte.connections.heir.credentials.client-secret=of-the-heir")
			.argument("--flyte.connections.alone.inherit=true")
			.argument("--flyte.connections.alone.credentials.client-secret-location=" + file)
			.run()) {
			for (String name : List.of("heir", "alone")) {
				assertThat(config(context, name).credentials().authMode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
				assertThat(config(context, name).credentials().clientSecret().read()).isEqualTo("of-the-heir");
			}
			assertThat(config(context, "default").credentials().authMode()).isEqualTo(AuthMode.DEVICE_FLOW);
		}
	}

	private static PlatformConfig config(ConfigurableApplicationContext context, String name) {
		return context.getBean(FlyteConnections.class).get(name).config();
	}

	private TestApplications application() {
		return TestApplications.autoConfigured(this.folder);
	}

	private Path write(String file, String text) throws IOException {
		Path path = this.folder.resolve(file);
		Files.createDirectories(path.getParent());
		return Files.writeString(path, text);
	}

	private void append(String text) throws IOException {
		Path file = this.folder.resolve("application.yml");
		write("application.yml", Files.readString(file) + text);
	}

	@Configuration(proxyBeanMethods = false)
	static class Unqualified {

		Unqualified(FlyteExecutions executions) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Misspelt {

		Misspelt(@Qualifier("hair") FlyteExecutions executions) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MisspeltField {

		@Autowired
		@Qualifier("alon")
		private FlyteAdminStub flyte;

	}

}
