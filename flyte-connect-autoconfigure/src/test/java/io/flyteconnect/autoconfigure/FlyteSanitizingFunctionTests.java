package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets on the actuator's pages that show everything, over HTTP.
 */
class FlyteSanitizingFunctionTests {

	private static final String MASK = "******";

	private final Path folder;

	FlyteSanitizingFunctionTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void whenPagesShowAllValuesThenSecretsOfVariablesStayMasked() throws Exception {
		String key = Base64.getEncoder().encodeToString("host:id:key-secret:org".getBytes(StandardCharsets.UTF_8));
		TestApplications application = application().variable("FLYTE_CREDENTIALS_CLIENT_SECRET", "direct-secret")
			.variable("FLYTE_CREDENTIALS_CLIENT_ID", "visible-id")
			.variable("FLYTE_API_KEY", key)
			.variable("FLYTE_PLATFORM_HTTP_PROXY_URL", "http://user:proxy-secret@proxy:3128")
			.variable("FLYTE_CREDENTIALS_COMMAND", "tool,--token=command-secret")
			.variable("FLYTE_CREDENTIALS_PROXY_COMMAND", "tool,--token=other-secret")
			.variable("FLYTE_CREDENTIALS_STORE_KEY", "store-secret-0123");
		check(application, "visible-id", "direct-secret", key, "proxy-secret", "command-secret", "other-secret",
				"store-secret-0123");
	}

	@Test
	void whenPagesShowAllValuesThenSecretsOfFileStayMasked() throws Exception {
		Files.createDirectories(this.folder.resolve("home/.flyte"));
		Files.writeString(this.folder.resolve("home/.flyte/config"), """
				[platform]
				http_proxy_url = http://user:proxy-secret@proxy:3128
				[credentials]
				client_id = visible-id
				client_secret = direct-secret
				command = tool,--token=command-secret
				""");
		check(application(), "visible-id", "direct-secret", "proxy-secret", "command-secret");
	}

	@Test
	void whenNamesAreSpelledWithUnderscoresThenSecretsStayMasked() throws Exception {
		yml("""
				flyte:
				  platform.http_proxy_url: http://user:proxy-secret@proxy:3128
				  credentials:
				    client_id: visible-id
				    client_secret: direct-secret
				    proxy_command: [tool, "--token=other-secret"]
				""");
		check(application(), "visible-id", "direct-secret", "proxy-secret", "other-secret");
	}

	@Test
	void whenPagesShowAllValuesThenSecretsOfApplicationYmlStayMasked() throws Exception {
		yml("""
				flyte:
				  api-key: ${my.key}
				  platform.http-proxy-url: http://user:proxy-secret@proxy:3128
				  credentials:
				    client-id: visible-id
				    clientSecret: direct-secret
				    storeKey: store-secret-0123
				    command: [tool, "--token=command-secret"]
				    proxyCommand: [tool, "--token=other-secret"]
				  connections:
				    other.credentials.client-secret: named-secret
				""");
		String key = Base64.getEncoder().encodeToString("host:id:key-secret:org".getBytes(StandardCharsets.UTF_8));
		TestApplications application = application().argument("--my.key=" + key);
		try (ConfigurableApplicationContext context = application.servlet(Pages.class).run()) {
			assertThat(get(context, "configprops")).contains("visible-id").contains(MASK).doesNotContain(key);
			assertThat(get(context, "configprops")).doesNotContain("direct-secret", "proxy-secret", "command-secret",
					"other-secret", "store-secret-0123");
			assertThat(get(context, "env")).contains("visible-id")
				.doesNotContain("direct-secret", "proxy-secret", "command-secret", "other-secret", "named-secret",
						"store-secret-0123");
		}
	}

	@Test
	void whenVariableIsNamedToHoldTheSecretThenItStaysMasked() throws Exception {
		TestApplications application = application().variable("MY_SECRET", "variable-secret")
			.variable("FLYTE_CREDENTIALS_CLIENT_ID", "visible-id")
			.variable("FLYTE_CREDENTIALS_CLIENT_SECRET_ENV_VAR", "MY_SECRET");
		check(application, "MY_SECRET", "variable-secret");
	}

	@Test
	void whenOnePropertyIsAskedForThenItStaysMasked() throws Exception {
		TestApplications application = application().variable("FLYTE_CREDENTIALS_CLIENT_SECRET", "direct-secret")
			.variable("FLYTE_CREDENTIALS_CLIENT_ID", "visible-id");
		try (ConfigurableApplicationContext context = application.servlet(Pages.class).run()) {
			assertThat(get(context, "env/flyte.credentials.client-secret")).contains(MASK)
				.doesNotContain("direct-secret");
			assertThat(get(context, "env/flyte.credentials.client-id")).contains("visible-id");
		}
	}

	private void check(TestApplications application, String visible, String... secrets) throws Exception {
		try (ConfigurableApplicationContext context = application.servlet(Pages.class).run()) {
			assertThat(get(context, "env")).contains(visible).contains(MASK).doesNotContain(secrets);
			assertThat(get(context, "configprops")).contains(visible, "insecureSkipVerify", "maxRetries")
				.doesNotContain(secrets);
		}
	}

	private String get(ConfigurableApplicationContext context, String page) throws Exception {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		URI uri = URI.create("http://localhost:" + port + "/actuator/" + page);
		return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
	}

	private void yml(String text) throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), text);
	}

	private TestApplications application() {
		return new TestApplications(this.folder).argument("--server.port=0")
			.argument("--management.endpoints.web.exposure.include=env,configprops")
			.argument("--management.endpoint.env.show-values=always")
			.argument("--management.endpoint.configprops.show-values=always")
			.argument("--spring.autoconfigure.exclude="
					+ "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
					+ "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,"
					+ "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Pages {

		@Bean
		FlyteSanitizingFunction flyteSanitizingFunction(Environment environment) {
			return new FlyteSanitizingFunction(environment);
		}

	}

}
