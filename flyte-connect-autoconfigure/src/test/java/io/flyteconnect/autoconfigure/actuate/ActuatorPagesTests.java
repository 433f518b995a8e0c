package io.flyteconnect.autoconfigure.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.actuate.FlyteEndpoint;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.autoconfigure.FlyteConnectionDetails;
import io.flyteconnect.autoconfigure.TestApplications;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.login.TokenState.Presence;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.RotatingProvider;
import io.flyteconnect.testsupport.TestProxy;
import io.flyteconnect.testsupport.TokenServer;
import io.flyteconnect.testsupport.VersionServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of the actuator as somebody sees them who may see all: over HTTP, with
 * {@code show-values=always} everywhere and secrets wherever a setting takes one.
 */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActuatorPagesTests {

	private static final String TOKEN = "t0ken-of-the-pages";

	private static final String API_KEY = Base64.getEncoder()
		.encodeToString("localhost:1:key-client:s3cret-of-the-key:org".getBytes(StandardCharsets.UTF_8));

	private static final List<String> SECRETS = List.of(TOKEN, "s3cret-of-the-client", "pr0xy-password",
			"st0re-key-of-sixteen", "c0mmand-argument", "pr0xy-command-argument", "inj3cted-secret", "als0-injected",
			"pages-access-1", "pages-refresh-1", "s3cret-of-the-named", "s3cret-of-the-key", API_KEY);

	private final HttpClient client = HttpClient.newHttpClient();

	private final TokenServer idp = new TokenServer(TOKEN);

	private final VersionServer hanging = new VersionServer();

	private final TestProxy proxy = TestProxy.start("pr0xy-user", "pr0xy-password");

	private List<HttpResponse<String>> looks;

	// What the info page asks comes on top of it.
	private int callsForLooks;

	private int answersForLooks;

	private final LoginServer device;

	private final RotatingProvider provider;

	private LoginServer admin;

	private Path file;

	private ConfigurableApplicationContext application;

	ActuatorPagesTests() throws Exception {
		this.device = new LoginServer();
		this.provider = new RotatingProvider(this.device);
		this.provider.prefix = "pages-";
	}

	@BeforeAll
	void start(@TempDir Path folder) throws Exception {
		this.admin = new LoginServer();
		this.admin.accepted.add(TOKEN);
		this.admin.metadata = OAuth2MetadataResponse.newBuilder()
			.setIssuer("http://localhost:" + this.idp.port())
			.setTokenEndpoint("http://localhost:" + this.idp.port() + "/token")
			.build();
		this.file = Files.writeString(folder.resolve("flyte.yaml"), """
				admin:
				  endpoint: localhost:%d
				  insecure: true
				  scopes: [all]
				""".formatted(this.admin.port()));
		Files.writeString(folder.resolve("application.yml"), """
				flyte:
				  config-file: %s
				  platform.http-proxy-url: http://pr0xy-user:pr0xy-password@127.0.0.1:%d
				  credentials:
				    client-id: our-client
				    client-secret: s3cret-of-the-client
				    store: file
				    store-key: st0re-key-of-sixteen
				    store-file: %s
				    command: [printer, c0mmand-argument]
				    proxy-command: [echo, pr0xy-command-argument]
				    audience: ${flyte-secret.pages.audience}
				  connections:
				    device:
				      platform.url: localhost:%d
				      platform.insecure: true
				      credentials.auth-mode: device-flow
				      credentials.interactive: always
				    named:
				      platform.url: localhost:1
				      credentials.client-id: named-client
				      credentials.client-secret: s3cret-of-the-named
				    keyed.api-key: %s
				    stood-in.channel.user-agent: ours
				management:
				  endpoints.web.exposure.include: "*"
				  endpoint:
				    env.show-values: always
				    configprops.show-values: always
				    flyte.show-values: always
				    health.show-details: always
				    health.probes.enabled: true
				    health.group.readiness.include: readinessState,flyte
				    health.group.one.include: flyte/default
				  health.flyte.time-to-live: 1h
				server.port: 0
				server.address: 127.0.0.1
				""".formatted(this.file, this.proxy.port(), folder.resolve("login"), this.device.port(), API_KEY));
		this.application = TestApplications.autoConfigured(folder)
			.servlet(Application.class)
			.variable("_FSEC_PAGES_AUDIENCE", "inj3cted-secret")
			.variable("_FSEC_PAGES_OTHER", "als0-injected")
			.source(HangingConnection.class)
			.argument("--hanging.port=" + this.hanging.port())
			.run();
		this.application.getBean("flyteConnection", FlyteConnection.class)
			.admin()
			.blocking()
			.getVersion(GetVersionRequest.getDefaultInstance());
		this.application.getBean("deviceFlyteConnection", FlyteConnection.class)
			.admin()
			.blocking()
			.getVersion(GetVersionRequest.getDefaultInstance());
		this.hanging.hang();
		List<CompletableFuture<HttpResponse<String>>> looks = IntStream.range(0, 100)
			.mapToObj((i) -> this.client.sendAsync(request("health").build(), BodyHandlers.ofString()))
			.toList();
		this.looks = looks.stream().map(CompletableFuture::join).toList();
		this.callsForLooks = this.hanging.calls.get();
		this.answersForLooks = this.hanging.answers.get();
	}

	@AfterAll
	void stop() throws Exception {
		this.hanging.goOn();
		this.application.close();
		this.admin.close();
		this.provider.close();
		this.device.close();
		this.hanging.close();
		this.idp.close();
		this.proxy.close();
	}

	@Test
	void whenAGroupHasOneConnectionThenTheOthersDoNotCountThere() {
		HttpResponse<String> answer = get("health/one");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(json(answer).get("status").asString()).isEqualTo("UP");
		assertThat(json(answer).get("components").get("flyte").get("components").propertyNames())
			.containsExactly("default");
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte", "flyte/default", "flyte/device", "flyte/named", "flyte/keyed", "env",
			"env/flyte.credentials.client-secret", "configprops", "configprops/flyte", "health", "health/flyte", "info",
			"beans", "conditions", "mappings", "loggers", "scheduledtasks", "metrics", "threaddump" })
	void whenAPageShowsAllValuesThenNoSecretIsAmongThem(String page) {
		HttpResponse<String> answer = get(page);
		assertThat(answer.body()).as(page).isNotEmpty().doesNotContain(SECRETS);
		assertThat(answer.statusCode()).as(page + answer.body()).isEqualTo(page.startsWith("health") ? 503 : 200);
	}

	@Test
	void whenTheEndpointIsLookedAtThenSettingsHaveValueAndOrigin() {
		JsonNode connection = json(get("flyte/default"));
		JsonNode settings = connection.get("settings");
		assertThat(settings.get("flyte.platform.url").get("value").asString())
			.isEqualTo("localhost:" + this.admin.port());
		assertThat(settings.get("flyte.platform.url").get("origin").asString()).startsWith(this.file + ":2:");
		assertThat(settings.get("flyte.credentials.client-id").get("value").asString()).isEqualTo("our-client");
		assertThat(settings.get("flyte.credentials.client-id").get("origin").asString()).contains("application.yml")
			.containsPattern(":\\d+:\\d+$");
		assertThat(settings.get("flyte.credentials.auth-mode").get("value").asString()).isEqualTo("client-credentials");
		assertThat(settings.get("flyte.credentials.auth-mode").get("origin").asString()).startsWith("default");
		assertThat(settings.get("flyte.channel.deadline").get("value").asString()).isEqualTo("30s");
		for (String secret : new String[] { "credentials.client-secret", "credentials.command", "credentials.store-key",
				"platform.http-proxy-url", "credentials.audience" }) {
			assertThat(settings.get("flyte." + secret).get("value").asString()).as(secret).isEqualTo("******");
		}
		assertThat(connection.get("flyteFile").get("read").asString()).isEqualTo(this.file.toString());
		assertThat(connection.get("flyteFile").get("lookedFor").get(0).asString()).isEqualTo(this.file.toString());
	}

	@Test
	void whenTheEndpointIsLookedAtThenChannelAndTokenAreDescribed() {
		JsonNode connection = json(get("flyte/default"));
		assertThat(connection.get("channel").get("state").asString()).isEqualTo("READY");
		JsonNode token = connection.get("token");
		assertThat(token.get("mode").asString()).isEqualTo("client-credentials");
		assertThat(token.get("issuer").asString()).isEqualTo("http://localhost:" + this.idp.port());
		assertThat(token.get("scopes").get(0).asString()).isEqualTo("all");
		assertThat(json(get("flyte")).get("connections").propertyNames()).contains("default", "hanging");
		assertUnknown(get("flyte/defalt"), "defalt", "; did you mean 'default'?");
	}

	private static void assertUnknown(HttpResponse<String> answer, String name, String hint) {
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(json(answer).get("error").asString())
			.isEqualTo("There is no Flyte connection named '" + name + "'" + hint);
		assertThat(json(answer).get("connections").valueStream().map(JsonNode::asString)).contains("default",
				"hanging");
	}

	@Test
	void whenTheEndpointIsToldToThenItDropsTheTokenOrConnectsAnew() {
		FlyteConnection connection = this.application.getBean("flyteConnection", FlyteConnection.class);
		assertThat(post("flyte/default", "{\"action\":\"drop-token\"}").statusCode()).isEqualTo(200);
		assertThat(connection.tokenState().presence()).isEqualTo(Presence.ABSENT);
		int requests = this.idp.requests().size();
		connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
		assertThat(this.idp.requests()).hasSize(requests + 1);
		int connections = this.admin.connections.get();
		assertThat(post("flyte/default", "{\"action\":\"reconnect\"}").statusCode()).isEqualTo(200);
		connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
		assertThat(this.admin.connections).hasValue(connections + 1);
		assertUnknown(post("flyte/unknown", "{\"action\":\"reconnect\"}"), "unknown", "");
		for (String wrong : List.of("{\"action\":\"burn\"}", "{}")) {
			HttpResponse<String> answer = post("flyte/default", wrong);
			assertThat(answer.statusCode()).isEqualTo(400);
			assertThat(json(answer).get("actions").valueStream().map(JsonNode::asString)).containsExactly("drop-token",
					"reconnect");
		}
	}

	@Test
	void whenAConnectionWasMadeByCodeThenItsOwnPropertiesAreNamedAndNoLineIs() {
		JsonNode settings = json(get("flyte/hanging")).get("settings");
		JsonNode url = settings.get("flyte.connections.hanging.platform.url");
		assertThat(url.get("value").asString()).isEqualTo("localhost:" + this.hanging.port());
		assertThat(url.get("origin").asString()).startsWith("given at run time");
		assertThat(settings.propertyNames()).allMatch((name) -> name.startsWith("flyte.connections.hanging."))
			.noneMatch((name) -> name.contains(".secrets."));
		assertThat(json(get("flyte/default")).get("settings").propertyNames()).contains("flyte.secrets.refresh");
	}

	@Test
	void whenAClusterStandsInForANamedConnectionThenItsSettingsHaveTheNamesOfThatConnection() {
		JsonNode settings = json(get("flyte/stood-in")).get("settings");
		assertThat(settings.propertyNames()).allMatch((name) -> name.startsWith("flyte.connections.stood-in."));
		assertThat(settings.get("flyte.connections.stood-in.platform.url").get("value").asString())
			.isEqualTo("localhost:2");
		assertThat(settings.get("flyte.connections.stood-in.channel.user-agent").get("value").asString())
			.isEqualTo("ours");
	}

	@Test
	void whenFlyteHangsThenAHundredRequestsOfThePageShareOneCallAndItsLimit() {
		assertThat(this.looks).hasSize(100);
		for (HttpResponse<String> answer : this.looks) {
			assertThat(answer.statusCode()).isEqualTo(503);
			JsonNode flyte = json(answer).get("components").get("flyte").get("components");
			assertThat(flyte.get("hanging").get("status").asString()).isEqualTo("DOWN");
			assertThat(flyte.get("default").get("status").asString()).isEqualTo("UP");
		}
		// Flyte goes on hanging, so nothing but the limit has ended them: that of one
		// call.
		assertThat(this.callsForLooks).isEqualTo(1);
		assertThat(this.answersForLooks).isZero();
		assertThat(this.looks.stream()
			.map((answer) -> json(answer).get("components")
				.get("flyte")
				.get("components")
				.get("hanging")
				.get("details"))
			.map((details) -> details.get("lastFailure").get("message").asString())).as("reason")
			.containsOnly("DEADLINE_EXCEEDED: Flyte has not answered within 2000 ms");
		assertThat(get("health/liveness").body()).doesNotContain("flyte");
		assertThat(get("health/liveness").statusCode()).isEqualTo(200);
		assertThat(get("health/readiness").body()).contains("\"hanging\"");
		assertThat(get("health/readiness").statusCode()).isEqualTo(503);
	}

	@Test
	void whenValuesAreNotShownThenNoneIs() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(FlyteEndpointAutoConfiguration.class, FlyteAutoConfiguration.class))
			.withPropertyValues("flyte.config-file=none", "flyte.platform.url=flyte.example.com",
					"management.endpoints.web.exposure.include=flyte")
			.run((context) -> {
				Map<?, ?> connection = context.getBean(FlyteEndpoint.class).connection("default");
				assertThat(connection).isNotNull();
				assertThat(((Map<?, ?>) connection.get("settings")).values())
					.allSatisfy((setting) -> assertThat(((Map<?, ?>) setting).get("value")).isIn("******", null));
			});
	}

	@Test
	void whenTheEndpointIsNotExposedOrTheActuatorAbsentThenThereIsNone() {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(FlyteEndpointAutoConfiguration.class, FlyteAutoConfiguration.class))
			.withPropertyValues("flyte.config-file=none");
		runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flyteEndpoint"));
		ApplicationContextRunner exposed = runner.withPropertyValues("management.endpoints.web.exposure.include=*");
		exposed.run((context) -> assertThat(context).hasBean("flyteEndpoint"));
		exposed.withPropertyValues("management.endpoint.flyte.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flyteEndpoint"));
		exposed.withPropertyValues("flyte.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flyteEndpoint"));
		exposed.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flyteEndpoint"));
	}

	private HttpResponse<String> get(String page) {
		return send(request(page));
	}

	private HttpResponse<String> post(String page, String body) {
		return send(request(page).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json"));
	}

	private HttpRequest.Builder request(String page) {
		int port = ((WebServerApplicationContext) this.application).getWebServer().getPort();
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + page))
			.header("Accept", "application/json");
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		return this.client.sendAsync(request.build(), BodyHandlers.ofString()).join();
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SecurityFilterChain everybody(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.csrf(AbstractHttpConfigurer::disable)
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HangingConnection {

		@Bean
		FlyteConnectionDetails details() {
			return new FlyteConnectionDetails() {

				@Override
				public String connectionName() {
					return "stood-in";
				}

				@Override
				public void applyTo(PlatformConfigBuilder settings) {
					settings.endpoint("localhost:2").insecure(true).authMode(AuthMode.NONE);
				}

			};
		}

		@Bean
		FlyteConnection hangingConnection(Environment environment) {
			return new FlyteConnectionFactory().create(PlatformConfig.builder()
				.name("hanging")
				.endpoint("localhost:" + environment.getProperty("hanging.port"))
				.insecure(true)
				.authMode(AuthMode.NONE)
				.build());
		}

	}

}
