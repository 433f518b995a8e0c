package io.flyteconnect.internal.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.ClientAuthentication;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client secret goes in the header or in the body, as the server publishes, demands,
 * or somebody has configured.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClientAuthenticationTests {

	private final TestLogin login = new TestLogin();

	@TempDir
	Path folder;

	@AfterEach
	void stop() throws Exception {
		this.login.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			value = { "- | - | B", "client_secret_basic | - | B", "client_secret_post | - | P",
					"private_key_jwt,client_secret_post | - | P", "private_key_jwt | - | B",
					"client_secret_post,client_secret_basic | - | B", "client_secret_basic | CLIENT_SECRET_POST | P",
					"client_secret_post | CLIENT_SECRET_BASIC | B", "- | CLIENT_SECRET_POST | P" })
	void whenTheSecretIsTakenThenTheWayIsTheConfiguredOneOrThePublishedOne(@Nullable String published,
			@Nullable ClientAuthentication configured, String way) {
		publish(published);
		this.login.grant("token-1", "");
		assertThat(TestLogin.version(connect(configured))).isNotNull();
		assertThat(ways()).containsExactly(way);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			value = { "- | 401 |", "- | 400 |", "client_secret_basic,client_secret_post | 401 |",
					"- | 401 | The OAuth 2.0 Client supports client authentication method 'client_secret_post'" })
	void whenTheServerTakesTheBodyOnlyThenItGetsItOnceAndFromThenOn(@Nullable String published, int status,
			@Nullable String description, CapturedOutput output) {
		publish(published);
		takes("P", status, description);
		AdminServiceBlockingStub stub = connect(null);
		for (int call = 0; call < 3; call++) {
			assertThat(TestLogin.version(stub)).isNotNull();
			this.login.move(Duration.ofSeconds(3601));
		}
		assertThat(ways()).containsExactly("B", "P", "P", "P");
		assertThat(output).contains("takes the client secret as client_secret_post only")
			.contains("flyte.credentials.client-authentication-method");
	}

	@Test
	void whenFlyteRefusesTheTokenThatTookTwoRequestsThenTheCallAsksForNoThirdOne() {
		takes("P", 401, null);
		this.login.server.accepted.clear();
		AdminServiceBlockingStub stub = connect(null);
		assertThat(TestLogin.failure(stub)).hasMessageContaining("the token was refused");
		assertThat(ways()).containsExactly("B", "P");
		this.login.server.accepted.add("token-1");
		assertThat(TestLogin.version(stub)).as("the next call").isNotNull();
		assertThat(ways()).containsExactly("B", "P", "P");
		this.login.server.accepted.clear();
		assertThat(TestLogin.failure(stub)).hasMessageContaining("the token was refused");
		assertThat(ways()).as("one call more, which knows the way").containsExactly("B", "P", "P", "P");
	}

	@ParameterizedTest
	@ValueSource(strings = { "INVALID_CLIENT", "Invalid_Client", "invalid-client" })
	void whenTheServerSpellsItsRefusalInItsOwnWayThenTheOtherWayIsTriedAllTheSame(String error) {
		this.login.answer(error(400, error, null));
		assertThat(TestLogin.failure(connect(null))).hasMessageContaining("HTTP 400 invalid_client");
		assertThat(ways()).containsExactly("B", "P");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 500, 503 })
	void whenTheClientIsRefusedInEachWayThenOneCallAsksTwice(int status) {
		this.login.serviceConfig = Map.of("methodConfig",
				List.of(Map.of("name", List.of(Map.of()), "retryPolicy",
						Map.of("maxAttempts", 5.0, "initialBackoff", "0.7s", "maxBackoff", "0.7s", "backoffMultiplier",
								1.0, "retryableStatusCodes", List.of("UNAVAILABLE")))));
		this.login.realTime = true;
		this.login.answer(error(status, "invalid_client", null));
		assertThat(TestLogin.failure(connect(null))).hasMessageContaining("HTTP " + status + " invalid_client");
		assertThat(ways()).hasSize(2);
	}

	@Test
	void whenACallGetsItsTokenAtTheSecondTryAndFlyteRefusesItThenItAsksForNoThirdOne() {
		this.login.serviceConfig = Map.of("methodConfig",
				List.of(Map.of("name", List.of(Map.of()), "retryPolicy",
						Map.of("maxAttempts", 5.0, "initialBackoff", "0.7s", "maxBackoff", "0.7s", "backoffMultiplier",
								1.0, "retryableStatusCodes", List.of("UNAVAILABLE")))));
		this.login.realTime = true;
		this.login.idp.stubFor(post("/token").inScenario("busy")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(error(503, "temporarily_unavailable", null).withHeader("Retry-After", "0"))
			.willSetStateTo("there"));
		this.login.idp.stubFor(post("/token").inScenario("busy")
			.whenScenarioStateIs("there")
			.willReturn(okJson("{\"access_token\":\"unknown\",\"token_type\":\"Bearer\",\"expires_in\":3600}")));
		assertThat(TestLogin.failure(connect(null))).hasMessageContaining("the token was refused");
		assertThat(ways()).hasSize(2);
	}

	@Test
	void whenTheServerPublishesTheBodyButTakesTheHeaderThenItGetsThat() {
		publish("client_secret_post,client_secret_basic");
		takes("P", 401, null);
		AdminServiceBlockingStub stub = connect(null);
		assertThat(TestLogin.version(stub)).isNotNull();
		takes("B", 401, null);
		this.login.move(Duration.ofSeconds(3601));
		assertThat(TestLogin.version(stub)).as("after the server has changed").isNotNull();
		assertThat(ways()).containsExactly("B", "P", "P", "B");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			value = { "client_secret_basic | - | 401 | invalid_client", "client_secret_post | - | 401 | invalid_client",
					"- | CLIENT_SECRET_BASIC | 401 | invalid_client", "- | CLIENT_SECRET_POST | 400 | invalid_client",
					"- | - | 401 | unauthorized_client", "- | - | 400 | invalid_scope",
					"- | - | 503 | temporarily_unavailable" })
	void whenTheOtherWayCannotBeMeantThenItIsNotTried(@Nullable String published,
			@Nullable ClientAuthentication configured, int status, String error) {
		publish(published);
		this.login.answer(error(status, error, null));
		assertThat(TestLogin.failure(connect(configured))).hasMessageContaining("HTTP " + status + " " + error);
		assertThat(ways()).hasSize(1);
	}

	@Test
	void whenTheSecretIsWrongInBothWaysThenTheOtherOneIsTriedOnceForEachSecret() throws Exception {
		Path file = Files.writeString(this.folder.resolve("secret"), "one");
		this.login.answer(error(401, "invalid_client", null));
		AdminServiceBlockingStub stub = this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			credentials.property("flyte.credentials.client-id", "id");
			credentials.property("flyte.credentials.client-secret-location", file.toString());
		});
		for (int call = 0; call < 3; call++) {
			assertThat(TestLogin.failure(stub)).hasMessageContaining("invalid_client");
			this.login.move(Duration.ofMinutes(1));
		}
		assertThat(ways()).containsExactly("B", "P", "B", "B");
		Files.writeString(file, "two");
		takes("P", 401, null);
		assertThat(TestLogin.version(stub)).isNotNull();
		assertThat(ways()).containsExactly("B", "P", "B", "B", "B", "P");
	}

	@Test
	void whenTheServerSaysInWordsThatTheWayIsTheMatterThenItIsTriedEachTime() {
		this.login.answer(error(401, "invalid_client", "Client authentication failed: authentication_method"));
		AdminServiceBlockingStub stub = connect(null);
		for (int call = 0; call < 2; call++) {
			assertThat(TestLogin.failure(stub)).hasMessageContaining("authentication_method");
			this.login.move(Duration.ofMinutes(1));
		}
		assertThat(ways()).containsExactly("B", "P", "B", "P");
	}

	private void publish(@Nullable String methods) {
		if (methods != null) {
			this.login.server.metadata = this.login.server.metadata.toBuilder()
				.addAllTokenEndpointAuthMethodsSupported(List.of(methods.split(",")))
				.build();
		}
	}

	private void takes(String way, int status, @Nullable String description) {
		this.login.grant("token-1", "");
		this.login.idp.resetMappings();
		MappingBuilder right = post("/token");
		right = "B".equals(way) ? right.withHeader("Authorization", matching("Basic .*"))
				: right.withHeader("Authorization", absent()).withRequestBody(matching(".*client_secret=.+"));
		this.login.answer(error(status, "invalid_client", description));
		this.login.idp.stubFor(right
			.willReturn(okJson("{\"access_token\":\"token-1\",\"token_type\":\"Bearer\",\"expires_in\":3600}")));
	}

	private static ResponseDefinitionBuilder error(int status, String error, @Nullable String description) {
		return aResponse().withStatus(status)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\":\"" + error + "\""
					+ ((description != null) ? ",\"error_description\":\"" + description + "\"" : "") + "}");
	}

	/** B for the header, P for the body, of each token request. */
	private List<String> ways() {
		return this.login.tokenRequests()
			.stream()
			.map((request) -> request.containsHeader("Authorization") ? "B"
					: request.getBodyAsString().contains("client_secret=") ? "P" : "-")
			.toList();
	}

	private AdminServiceBlockingStub connect(@Nullable ClientAuthentication configured) {
		return this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			credentials.property("flyte.credentials.client-id", "id");
			credentials.property("flyte.credentials.client-secret", "s3cret");
			credentials.property("flyte.credentials.client-authentication-method", configured);
		});
	}

}
