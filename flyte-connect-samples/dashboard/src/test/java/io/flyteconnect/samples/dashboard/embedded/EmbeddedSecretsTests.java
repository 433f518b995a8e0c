package io.flyteconnect.samples.dashboard.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.samples.dashboard.Browser;
import io.flyteconnect.samples.dashboard.DashboardApplication;
import io.flyteconnect.secret.SecretResolver;
import io.flyteconnect.secret.SecretValue;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedSecretsTests {

	@Test
	void whenEmbeddedThenTheClientSecretIsAFileThatGoesWithTheApplication() throws IOException {
		Path folder;
		try (ConfigurableApplicationContext context = start("embedded")) {
			folder = folder(context);
			Path file = folder.resolve("dashboard/client-secret");
			String secret = Files.readString(file);
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
			assertThat(context.getEnvironment().getProperty("flyte.credentials.client-secret")).isEqualTo(secret);
			try (SecretValue value = context.getBean(SecretResolver.class).get("dashboard", "client-secret")) {
				assertThat(value.text()).isEqualTo(secret);
				assertThat(value.origin()).isEqualTo("file " + file);
			}
			Browser browser = new Browser(
					context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			assertThat(browser.get("/api/projects").body()).startsWith("[\"flytesnacks\"");
			assertThat(browser.get("/actuator/configprops").body()).contains("clientSecret").doesNotContain(secret);
			assertThat(browser.get("/actuator/env").body()).contains("flyte.credentials.client-secret")
				.doesNotContain(secret);
			assertThat(context.getBean(PlatformConfig.class).toString()).doesNotContain(secret);
		}
		assertThat(folder).doesNotExist();
	}

	@Test
	void whenAnotherClusterThenNothingIsMadeUp() {
		try (ConfigurableApplicationContext context = start("sandbox")) {
			assertThat(context.getEnvironment().getPropertySources().contains("embeddedSecrets")).isFalse();
			assertThat(context.getEnvironment().getProperty("flyte.secrets.default-dir")).isNull();
		}
	}

	private static Path folder(ConfigurableApplicationContext context) {
		return Path.of(context.getEnvironment().getRequiredProperty("flyte.secrets.default-dir"));
	}

	private static ConfigurableApplicationContext start(String profile) {
		return new SpringApplicationBuilder(DashboardApplication.class).profiles(profile).run("--server.port=0");
	}

}
