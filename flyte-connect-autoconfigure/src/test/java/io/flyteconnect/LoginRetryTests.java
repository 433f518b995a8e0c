package io.flyteconnect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;
import io.flyteconnect.testsupport.LoginServer;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a whole connection does again when a login fails: its channel sends a read again
 * that is unavailable.
 */
class LoginRetryTests {

	@TempDir
	private Path folder;

	private final WireMockServer idp = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

	private LoginServer server;

	@BeforeEach
	void start() throws Exception {
		this.idp.start();
		this.server = new LoginServer();
		this.server.accepted.add("token-1");
		this.server.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("http://127.0.0.1:" + this.idp.port() + "/token")
			.build();
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
		this.idp.stop();
	}

	@Test
	void whenTheCommandFailsThenOneCallRunsItOnce() throws Exception {
		Path runs = this.folder.resolve("runs");
		StatusRuntimeException ex = failure(AuthMode.EXTERNAL_COMMAND,
				(properties) -> properties.property("flyte.credentials.command",
						List.of("sh", "-c", "echo run >> '" + runs + "'; echo why >&2; exit 3")));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(ex).hasMessageContaining("exit code 3: why");
		assertThat(((LoginException) ex.getCause()).getStep()).isEqualTo(LoginStep.COMMAND);
		assertThat(Files.readAllLines(runs)).hasSize(1);
	}

	@Test
	void whenFlyteDoesNotSayHowToLogInThenItIsAskedAsOftenAsForAnyRead() {
		this.server.metadataFailure = Status.UNAVAILABLE.withDescription("starting");
		StatusRuntimeException ex = failure(AuthMode.CLIENT_CREDENTIALS, (properties) -> {
		});
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(ex).hasMessageContaining("step: discovery").hasMessageContaining("starting");
		assertThat(this.server.metadataCalls).as("two methods, three attempts").hasValue(2 * 3);
	}

	@Test
	void whenTheAuthorizationServerIsBusyThenAReadAsksItAgain() {
		this.idp.stubFor(post("/token").inScenario("busy")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(aResponse().withStatus(503))
			.willSetStateTo("up"));
		this.idp.stubFor(post("/token").inScenario("busy")
			.whenScenarioStateIs("up")
			.willReturn(okJson("{\"access_token\":\"token-1\",\"token_type\":\"Bearer\",\"expires_in\":3600}")));
		try (FlyteConnection connection = connect(AuthMode.CLIENT_CREDENTIALS,
				(properties) -> properties.property("flyte.channel.max-backoff-delay", Duration.ofSeconds(1)))) {
			version(connection);
		}
		assertThat(this.idp.findAll(postRequestedFor(urlEqualTo("/token")))).hasSize(2);
	}

	private StatusRuntimeException failure(AuthMode mode, Consumer<PlatformConfigBuilder> customizer) {
		try (FlyteConnection connection = connect(mode, customizer)) {
			return catchThrowableOfType(StatusRuntimeException.class, () -> version(connection));
		}
	}

	private FlyteConnection connect(AuthMode mode, Consumer<PlatformConfigBuilder> customizer) {
		return new FlyteConnectionFactory().create(PlatformConfig.builder()
			.endpoint("localhost:" + this.server.port())
			.insecure(true)
			.clientCredentials("client", "s3cret")
			.authMode(mode)
			.apply((properties) -> {
				properties.property("flyte.channel.max-retries", 2);
				properties.property("flyte.channel.max-backoff-delay", Duration.ofMillis(20));
				customizer.accept(properties);
			})
			.build());
	}

	private static void version(FlyteConnection connection) {
		connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

}
