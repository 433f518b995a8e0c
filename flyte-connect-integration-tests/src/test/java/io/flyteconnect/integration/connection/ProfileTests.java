package io.flyteconnect.integration.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.identity.TokenRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One application in front of three clusters: the profile alone says which one it calls,
 * whom it trusts there and how it logs in.
 */
@Tag("once")
class ProfileTests {

	private static FlyteTestServer sandbox;

	private static FlyteTestServer staging;

	private static FlyteTestServer prod;

	private static FlyteTestServer elsewhere;

	@TempDir
	private static Path folder;

	private static Path flyteFile;

	@BeforeAll
	static void start() throws IOException {
		sandbox = FlyteTestServer.start();
		staging = FlyteTestServer.builder().tls().clientCredentials("staging-service", "staging-secret").start();
		prod = FlyteTestServer.builder()
			.requireClientCertificates()
			.clientCredentials("prod-service", "prod-secret")
			.start();
		elsewhere = FlyteTestServer.start();
		Files.writeString(folder.resolve("staging-secret"), "staging-secret\n");
		flyteFile = Files.writeString(folder.resolve("config.yaml"), """
				admin:
				  endpoint: dns:///file.invalid:443
				  clientId: file-client
				  scopes:
				    - all
				console:
				  endpoint: https://console.example.com
				""");
	}

	@AfterAll
	static void stop() {
		servers().forEach(FlyteTestServer::close);
	}

	@BeforeEach
	void forget() {
		servers().forEach((server) -> server.calls().clear());
		staging.identityProvider().clearRequests();
		prod.identityProvider().clearRequests();
	}

	@Test
	void whenSandboxThenPlaintextWithoutLogin() {
		call(application("sandbox"));
		assertThat(called()).containsExactly(sandbox);
		assertThat(sandbox.calls().count("GetOAuth2Metadata")).isZero();
	}

	@Test
	void whenStagingThenOwnAuthorityAndSecretOfFile() {
		call(application("staging"));
		assertThat(called()).containsExactly(staging);
		checkLogin(staging, "staging-service");
	}

	@Test
	void whenProdThenSslBundleAndSecretOfVariable() {
		call(application("prod").variable("PROD_SECRET", "prod-secret"));
		assertThat(called()).containsExactly(prod);
		checkLogin(prod, "prod-service");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sandbox", "staging", "prod" })
	void whenVariablesAreSetThenTheyBeatEveryProfile(String profile) {
		call(application(profile).variable("PROD_SECRET", "prod-secret")
			.variable("FLYTE_PLATFORM_URL", elsewhere.endpoint())
			.variable("FLYTE_PLATFORM_INSECURE", "true")
			.variable("FLYTE_CREDENTIALS_AUTH_MODE", "none"));
		assertThat(called()).containsExactly(elsewhere);
		assertThat(staging.identityProvider().requests()).isEmpty();
		assertThat(prod.identityProvider().requests()).isEmpty();
	}

	@Test
	void whenNoProfileSaysMoreThenTheFlyteFileIsUsed() {
		try (ConfigurableApplicationContext context = application("none-of-the-three").run()) {
			assertThat(context.getBean(FlyteConnection.class).config().endpoint()).hasToString("file.invalid:443");
		}
	}

	// The scopes and the console are said by the Flyte file alone.
	private static void checkLogin(FlyteTestServer server, String clientId) {
		assertThat(server.calls().refused()).isZero();
		assertThat(server.identityProvider().requests()).singleElement().satisfies((TokenRequest request) -> {
			assertThat(request.clientId()).isEqualTo(clientId);
			assertThat(request.scope()).isEqualTo("all");
		});
	}

	private static void call(Applications application) {
		try (ConfigurableApplicationContext context = application.run()) {
			context.getBean(FlyteAdminStub.class).blocking().getVersion(GetVersionRequest.getDefaultInstance());
			assertThat(context.getBean(FlyteConnection.class).config().consoleEndpoint())
				.hasToString("https://console.example.com");
		}
	}

	private static List<FlyteTestServer> called() {
		return servers().stream()
			.filter((server) -> server.calls()
				.calls("GetVersion")
				.stream()
				.anyMatch((call) -> String.valueOf(call.userAgent()).startsWith("one-service/1.0")))
			.toList();
	}

	private static Applications application(String profile) {
		return Applications.create()
			.settings("classpath:/profiles/", flyteFile)
			.property("spring.profiles.active", profile)
			.property("sandbox.endpoint", sandbox.endpoint())
			.property("staging.endpoint", staging.endpoint())
			.property("staging.ca", staging.caCertificate())
			.property("staging.secret", folder.resolve("staging-secret"))
			.property("prod.endpoint", prod.endpoint())
			.property("prod.ca", prod.caCertificate())
			.property("prod.certificate", prod.certificates().clientCertificate())
			.property("prod.key", prod.certificates().clientKey());
	}

	private static List<FlyteTestServer> servers() {
		return List.of(sandbox, staging, prod, elsewhere);
	}

}
