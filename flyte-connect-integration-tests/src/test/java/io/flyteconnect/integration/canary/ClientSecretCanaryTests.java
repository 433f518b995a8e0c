package io.flyteconnect.integration.canary;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.integration.canary.search.CanaryApplication;
import io.flyteconnect.integration.canary.search.CanaryWatch;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service with a client secret, wherever that comes from: neither the secret nor the
 * tokens got with it are to be read anywhere.
 */
@Tag("once")
class ClientSecretCanaryTests {

	private static final String CLIENT_ID = "canary-client";

	@RegisterExtension
	final CanaryWatch watch = new CanaryWatch();

	@TempDir
	private Path folder;

	private static FlyteTestServer server;

	private String secret;

	@BeforeAll
	static void start() {
		server = FlyteTestServer.builder().clientCredentials(CLIENT_ID, "none of these").withSampleData().start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void agreeOnSecret() {
		this.secret = this.watch.canaries().secret("client secret");
		server.identityProvider().addClient(CLIENT_ID, this.secret);
		server.identityProvider().reset();
	}

	@ParameterizedTest
	@ValueSource(strings = { "property", "variable", "named variable", "file", "API key" })
	void whenTheLoginSucceedsAndIsRenewedThenNothingShows(String place) throws Exception {
		try (ConfigurableApplicationContext context = application(place).run()) {
			assertThat(CanaryTestSupport.projects(context)).isEqualTo(3);
			this.watch.learnTokens(context);
			server.identityProvider().revokeTokens();
			assertThat(CanaryTestSupport.projects(context)).isEqualTo(3);
			this.watch.learnTokens(context);
			this.watch.look(context);
		}
	}

	private CanaryApplication application(String place) throws Exception {
		CanaryApplication application = this.watch.application()
			.property("flyte.platform.url", server.endpoint())
			.property("flyte.platform.insecure", true)
			.property("flyte.credentials.auth-mode", "client-credentials")
			.property("flyte.credentials.client-id", CLIENT_ID);
		return switch (place) {
			case "property" -> application.property("flyte.credentials.client-secret", this.secret);
			case "variable" -> application.variable("FLYTE_CREDENTIALS_CLIENT_SECRET", this.secret);
			case "named variable" -> application.property("flyte.credentials.client-secret-env-var", "MY_OWN")
				.variable("MY_OWN", this.secret);
			case "file" -> application.property("flyte.credentials.client-secret-location",
					Files.writeString(this.folder.resolve("secret"), this.secret + "\n"));
			default -> application.property("flyte.api-key", apiKey());
		};
	}

	private String apiKey() {
		// The parts of the key are divided by colons.
		String part = this.watch.canaries().token("client secret of the key");
		server.identityProvider().addClient(CLIENT_ID, part);
		String text = server.endpoint() + ":" + CLIENT_ID + ":" + part + ":";
		return this.watch.canaries()
			.add("API key", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void whenTheSecretIsWrongThenNothingShows() throws Exception {
		server.identityProvider().addClient(CLIENT_ID, "another one");
		try (ConfigurableApplicationContext context = application("property").run()) {
			assertThat(this.watch.failureOf(() -> CanaryTestSupport.projects(context)))
				.hasMessageContaining("invalid_client");
			// While the failure is held off.
			assertThat(this.watch.failureOf(() -> CanaryTestSupport.projects(context)))
				.hasMessageContaining("invalid_client");
			this.watch.look(context);
		}
	}

	@Test
	void whenThePasswordOfTheProxyIsWrongThenNothingShows() throws Exception {
		String wrong = this.watch.canaries().secret("wrong proxy password");
		try (ConfigurableApplicationContext context = application("property")
			.property("flyte.platform.http-proxy-url", this.watch.proxy().url(wrong))
			.run()) {
			assertThat(this.watch.failureOf(() -> CanaryTestSupport.projects(context))).hasMessageContaining("407");
			this.watch.look(context);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 500 })
	void whenTheProviderSendsTheRequestBackThenNothingShows(int status) throws Exception {
		String form = "grant_type=client_credentials&client_id=" + CLIENT_ID + "&client_secret="
				+ URLEncoder.encode(this.secret, StandardCharsets.UTF_8);
		server.identityProvider().failNext(1, status, "POST /oauth2/token\n\n" + form + "\n" + basic());
		String description = (form + " " + basic() + " " + this.secret).replace("\\", "\\\\").replace("\"", "\\\"");
		server.identityProvider()
			.failNext(1, status, "{\"error\":\"invalid_request\",\"error_description\":\"" + description + "\"}");
		for (int i = 0; i < 2; i++) {
			try (ConfigurableApplicationContext context = application("property").withoutWeb().run()) {
				assertThat(this.watch.failureOf(() -> CanaryTestSupport.projects(context)))
					.hasMessageContaining("HTTP " + status);
			}
		}
	}

	/** As it is sent, as forms are encoded, and as it is. */
	private String basic() {
		String encoded = URLEncoder.encode(this.secret, StandardCharsets.UTF_8);
		return Stream.of(encoded.replace("+", "%20"), encoded, this.secret)
			.map((text) -> (CLIENT_ID + ":" + text).getBytes(StandardCharsets.UTF_8))
			.map((pair) -> "Authorization: Basic " + Base64.getEncoder().encodeToString(pair))
			.collect(Collectors.joining(" "));
	}

}
