package io.flyteconnect.samples.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

class ProfileTests {

	@Test
	void whenNoProfileIsNamedThenTheEmbeddedFlyteIsUsed() {
		try (ConfigurableApplicationContext context = start()) {
			PlatformConfig config = context.getBean(PlatformConfig.class);
			assertThat(config.endpoint()).hasToString(context.getBean(FlyteTestServer.class).endpoint());
			assertThat(config.tls().insecure()).isTrue();
			assertThat(config.credentials().authMode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
			assertThat(config.credentials().clientId()).isEqualTo("dashboard");
		}
	}

	@Test
	void whenEmbeddedThenSettingsOfAnotherClusterTakeNoPart(@TempDir Path folder) throws IOException {
		Path secret = Files.writeString(folder.resolve("secret"), "of another cluster");
		try (ConfigurableApplicationContext context = start("--flyte.platform.url=flyte.example.com",
				"--flyte.credentials.client-secret-location=" + secret, "--flyte.credentials.client-id=another",
				"--flyte.credentials.scopes=theirs", "--flyte.credentials.audience=theirs",
				"--flyte.credentials.token-url=https://idp.example.com/token",
				"--flyte.platform.http-proxy-url=http://proxy.example.com:3128",
				"--flyte.platform.console-endpoint=https://flyte.example.com/console",
				"--flyte.platform.ca-cert-file-path=" + secret)) {
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			assertThat(new Browser(port).get("/api/projects").body()).startsWith("[\"flytesnacks\"");
			assertThat(new Browser(port).get("/").body()).doesNotContain("example.com");
		}
	}

	@Test
	void whenSandboxThenTheDemoClusterIsUsed() {
		try (ConfigurableApplicationContext context = start("--spring.profiles.active=sandbox")) {
			PlatformConfig config = context.getBean(PlatformConfig.class);
			assertThat(config.endpoint()).hasToString("localhost:30080");
			assertThat(config.tls().insecure()).isTrue();
			assertThat(config.credentials().authMode()).isEqualTo(AuthMode.NONE);
			assertThat(config.consoleEndpoint()).hasToString("http://localhost:30080/console");
			assertNothingEmbedded(context);
		}
	}

	@Test
	void whenConfigFileThenFlytesOwnFileDecides(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("config.yaml"), """
				admin:
				  endpoint: dns:///flyte.example.com
				  authType: ClientSecret
				  clientId: my-service
				  clientSecretLocation: %s
				console:
				  endpoint: https://flyte.example.com/console
				""".formatted(Files.writeString(folder.resolve("secret"), "not shown")));
		try (ConfigurableApplicationContext context = start("--spring.profiles.active=config-file",
				"--flyte.config-file=" + file)) {
			PlatformConfig config = context.getBean(PlatformConfig.class);
			assertThat(config.endpoint().host()).isEqualTo("flyte.example.com");
			assertThat(config.tls().insecure()).isFalse();
			assertThat(config.credentials().authMode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
			assertThat(config.credentials().clientId()).isEqualTo("my-service");
			assertThat(config.configSource()).isEqualTo(file.toString());
			assertNothingEmbedded(context);
		}
	}

	private static void assertNothingEmbedded(ConfigurableApplicationContext context) {
		assertThat(context.getBeansOfType(FlyteTestServer.class)).isEmpty();
		assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.contains("mbedded"));
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(DashboardApplication.class)
			.run(Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments)).toArray(String[]::new));
		assertThat(context.getEnvironment().getProperty("server.address")).as("only this machine can ask")
			.isEqualTo("127.0.0.1");
		return context;
	}

}
