package io.flyteconnect.autoconfigure.secret;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

import io.flyteconnect.autoconfigure.TestApplications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Secrets on the actuator's pages that show everything, over HTTP.
 */
@Tag("once")
class FlyteSanitizingFunctionTests {

	private static final HttpClient BROWSER = HttpClient.newHttpClient();

	private static final String MASK = "******";

	private final Path folder;

	FlyteSanitizingFunctionTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void whenPagesShowAllValuesThenSecretsOfVariablesStayMasked() throws Exception {
		String key = Base64.getEncoder()
			.encodeToString("host:visible-id:direct-secret:org".getBytes(StandardCharsets.UTF_8));
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
				    other.credentials.client-id: named
				    other.credentials.client-secret: named-secret
				""");
		String key = Base64.getEncoder()
			.encodeToString("host:visible-id:direct-secret:org".getBytes(StandardCharsets.UTF_8));
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
	void whenVariablesAreNamedAnywhereThenTheyStayMaskedBeforeTheyAreRead() throws Exception {
		yml("""
				my.variable: EXECUTION_SECRET
				flyte:
				  connections.other.credentials.client-id: other
				  connections.other.credentials.client-secret-env-var: OTHER_SECRET
				  execution:
				    secrets:
				      - group: db
				        key: pw
				        envVar: ${my.variable}
				    run-as.k8s-service-account: service
				    run-as.oauth2-client:
				      client-id: flyte
				      client-secret: {group: idp, key: pw}
				""");
		TestApplications application = application().variable("OTHER_SECRET", "other-secret")
			.variable("EXECUTION_SECRET", "execution-secret")
			.variable("CLIENT_SECRET", "client-secret-value")
			.variable("FLYTE_EXECUTION_RUN_AS_OAUTH2_CLIENT_CLIENT_SECRET_ENV_VAR", "CLIENT_SECRET")
			.variable("VISIBLE", "visible-id");
		try (ConfigurableApplicationContext context = application.servlet(Pages.class).run()) {
			assertThat(get(context, "env")).contains("visible-id", "EXECUTION_SECRET")
				.doesNotContain("other-secret", "execution-secret", "client-secret-value");
			assertThat(get(context, "env/my.variable")).contains("EXECUTION_SECRET");
		}
	}

	@Test
	void whenVariableIsAskedForByAnotherNameThenItStaysMasked() throws Exception {
		TestApplications application = application().variable("MY_SECRET", "variable-secret")
			.variable("_FSEC_DB_PW", "injected-secret")
			.variable("FLYTE_CREDENTIALS_CLIENT_ID", "visible-id")
			.variable("FLYTE_CREDENTIALS_CLIENT_SECRET_ENV_VAR", "MY_SECRET");
		try (ConfigurableApplicationContext context = application.servlet(Pages.class).run()) {
			for (String name : new String[] { "MY_SECRET", "my.secret", "my-secret", "_FSEC_DB_PW", "_fsec.db.pw" }) {
				assertThat(get(context, "env/" + name)).as(name)
					.contains(MASK)
					.doesNotContain("variable-secret", "injected-secret");
			}
		}
	}

	@Test
	void whenFlyteInjectsVariablesThenTheyStayMasked() throws Exception {
		TestApplications application = application().variable("_FSEC_DB_PW", "injected-secret")
			.variable("FLYTE_CREDENTIALS_CLIENT_ID", "visible-id");
		check(application, "visible-id", "injected-secret");
		check(application().variable("FLYTE_SECRETS_ENV_PREFIX", "SEC_")
			.variable("SEC_DB_PW", "injected-secret")
			.variable("FLYTE_CREDENTIALS_CLIENT_ID", "visible-id"), "visible-id", "injected-secret");
	}

	@Test
	void whenVariableOfAnyNameHasBeenReadAsASecretThenItStaysMasked() throws Exception {
		yml("service.password: ${flyte-secret.db.pw}\nservice.name: visible-name\n");
		TestApplications application = application().variable("DB_PW", "unprefixed-secret");
		try (ConfigurableApplicationContext context = application.servlet(Pages.class).run()) {
			assertThat(context.getBean(ServiceProperties.class).password()).isEqualTo("unprefixed-secret");
			assertThat(get(context, "env")).contains("DB_PW", "visible-name").doesNotContain("unprefixed-secret");
		}
	}

	@Test
	void whenPropertiesAreSecretsThenTheyStayMasked() throws Exception {
		secret("pw", "file-secret");
		yml("""
				indirect: ${flyte-secret.db.pw}
				service:
				  name: visible-name
				  password: ${flyte-secret.db.pw}
				  url: http://user:${indirect}@host
				  passWords: [plain, "${flyte-secret.db.pw}"]
				  texts: a,${service.password}
				  endpoint: tcp:${flyte-secret.db.pw}
				  defaulted: ${flyte-secret.db.none:a-default}
				  visible: ${service.name}
				spring.datasource.password: ${service.password}
				""");
		try (ConfigurableApplicationContext context = application().servlet(Pages.class).run()) {
			ServiceProperties service = context.getBean(ServiceProperties.class);
			assertThat(service.url()).isEqualTo("http://user:file-secret@host");
			assertThat(service.passWords()).containsExactly("plain", "file-secret");
			assertThat(service.texts()).containsExactly("a", "file-secret");
			assertThat(service.endpoint()).isEqualTo(new ServiceEndpoint("tcp", "file-secret"));
			for (String page : new String[] { "env", "configprops", "env/spring.datasource.password", "env/service.url",
					"env/indirect", "configprops/service" }) {
				assertThat(get(context, page)).as(page).contains(MASK).doesNotContain("file-secret");
			}
			assertThat(get(context, "env/service.visible")).contains("visible-name");
			assertThat(get(context, "configprops/service")).contains("visible-name", "\"plain\"");
		}
	}

	@Test
	void whenPropertiesTakeASecretFromAVariableOrASettingThenTheyStayMasked() throws Exception {
		yml("""
				flyte.credentials:
				  client-id: id
				  client-secret: setting-secret
				  client-secret-env-var: MY_OWN
				service:
				  name: visible-name
				  password: ${_FSEC_DB_PW}
				  url: http://user:${MY_OWN}@host
				  texts: a,${flyte.credentials.client-secret}
				my.other: ${service.password}
				""");
		TestApplications application = application().variable("_FSEC_DB_PW", "injected-secret")
			.variable("MY_OWN", "own-secret");
		try (ConfigurableApplicationContext context = application.servlet(Pages.class).run()) {
			assertThat(context.getBean(ServiceProperties.class).password()).isEqualTo("injected-secret");
			for (String page : new String[] { "env", "configprops", "env/service.password", "env/service.url",
					"env/my.other", "configprops/service" }) {
				assertThat(get(context, page)).as(page)
					.contains(MASK)
					.doesNotContain("injected-secret", "own-secret", "setting-secret");
			}
			assertThat(get(context, "configprops/service")).contains("visible-name");
		}
	}

	@Test
	void whenASecretIsAskedForByItsPropertyThenItStaysMasked() throws Exception {
		secret("pw", "file-secret");
		TestApplications application = application().variable("FLYTE_SECRET_DB_OTHER", "variable-secret");
		try (ConfigurableApplicationContext context = application.servlet(Pages.class).run()) {
			assertThat(context.getEnvironment().getProperty("flyte-secret.db.pw")).isEqualTo("file-secret");
			for (String name : new String[] { "flyte-secret.db.pw", "flyte-secret[db][pw]", "flyte-secret.db.other",
					"FLYTE_SECRET_DB_OTHER" }) {
				assertThat(get(context, "env/" + name)).as(name)
					.contains("\"value\":\"" + MASK)
					.doesNotContain("file-secret", "variable-secret");
			}
			assertThat(get(context, "env/flyte-secret.db.missing")).as("no such property").isEmpty();
			assertThat(get(context, "env/flyte-secret.none")).as("no such property").isEmpty();
		}
	}

	@Test
	void whenASecretThatNobodyUsesIsMissingThenThePageIsThereAllTheSame() throws Exception {
		yml("unused: ${flyte-secret.db.missing}\nservice.name: visible-name\n");
		try (ConfigurableApplicationContext context = application().servlet(Pages.class).run()) {
			assertThat(get(context, "env")).contains("visible-name", "\"unused\"");
			assertThatExceptionOfType(PlaceholderResolutionException.class)
				.isThrownBy(() -> context.getEnvironment().getProperty("unused"))
				.withMessageContaining("flyte-secret.db.missing");
		}
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
		URI uri = URI.create("http://localhost:" + port + "/actuator/" + page.replace("[", "%5B").replace("]", "%5D"));
		return BROWSER.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
	}

	private void secret(String key, String content) throws IOException {
		Files.writeString(Files.createDirectories(this.folder.resolve("secrets/db")).resolve(key), content);
	}

	private void yml(String text) throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), text);
	}

	private TestApplications application() {
		return new TestApplications(this.folder).argument("--server.port=0")
			.argument("--flyte.secrets.default-dir=" + this.folder.resolve("secrets"))
			// Most of the application is never asked for anything.
			.argument("--spring.main.lazy-initialization=true")
			.argument("--management.endpoints.web.exposure.include=env,configprops")
			.argument("--management.endpoint.env.show-values=always")
			.argument("--management.endpoint.configprops.show-values=always")
			.argument("--spring.autoconfigure.exclude="
					+ "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
					+ "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,"
					+ "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
					// Makes an RSA key, which takes longest of all.
					+ "org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableConfigurationProperties(ServiceProperties.class)
	static class Pages {

		@Bean
		FlyteSanitizingFunction flyteSanitizingFunction(Environment environment) {
			return new FlyteSanitizingFunction(environment);
		}

		@Bean
		@ConfigurationPropertiesBinding
		static Converter<String, ServiceEndpoint> serviceEndpoints() {
			return new Converter<>() {

				@Override
				public ServiceEndpoint convert(String text) {
					return new ServiceEndpoint(text.split(":")[0], text.split(":")[1]);
				}

			};
		}

	}

	@ConfigurationProperties("service")
	record ServiceProperties(@Nullable String name, @Nullable String password, @Nullable String url,
			@Nullable List<String> passWords, @Nullable List<String> texts, @Nullable ServiceEndpoint endpoint,
			@Nullable String defaulted, @Nullable String visible) {

	}

	record ServiceEndpoint(String scheme, String secret) {

	}

}
