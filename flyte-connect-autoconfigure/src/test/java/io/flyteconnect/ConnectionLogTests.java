package io.flyteconnect;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.LogCapture;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;
import io.flyteconnect.testsupport.VersionServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a connection logs of its life: that it is up, once, and how its login went.
 */
@Isolated
class ConnectionLogTests {

	private static final String TOKEN = "t0ken-of-the-log";

	private final Logger own = (Logger) LoggerFactory.getLogger("io.flyteconnect");

	private final Level level = this.own.getLevel();

	@BeforeEach
	void tellAll() {
		this.own.setLevel(Level.DEBUG);
	}

	@AfterEach
	void tellAsBefore() {
		this.own.setLevel(this.level);
	}

	@Test
	void whenFlyteAnswersThenOneLineSaysSoHoweverManyCallsFollow() throws Exception {
		try (VersionServer server = new VersionServer(); LogCapture log = new LogCapture()) {
			FlyteConnection connection = new FlyteConnectionFactory().create(PlatformConfig.builder()
				.name("research")
				.endpoint("localhost:" + server.port())
				.insecure(true)
				.authMode(AuthMode.NONE)
				.build());
			try (connection) {
				assertThat(lines(log)).isEmpty();
				for (int i = 0; i < 50; i++) {
					version(connection);
				}
				connection.reconnect();
				for (int i = 0; i < 50; i++) {
					version(connection);
				}
			}
			assertThat(lines(log)).singleElement()
				.asString()
				.endsWith("Flyte connection 'research' to localhost:" + server.port()
						+ " is up: Flyte Admin answers (mode none, version " + VersionServer.VERSION + ")");
		}
	}

	@Test
	void whenALoginIsMadeThenItsStoryIsToldOnceAndWithoutSecrets() throws Exception {
		try (TokenServer idp = new TokenServer(TOKEN);
				LoginServer server = new LoginServer();
				LogCapture log = new LogCapture()) {
			server.accepted.add(TOKEN);
			String issuer = "http://localhost:" + idp.port();
			server.metadata = OAuth2MetadataResponse.newBuilder()
				.setIssuer(issuer.replace("//", "//user:passw0rd@"))
				.setTokenEndpoint(issuer + "/token")
				.build();
			FlyteConnection connection = new FlyteConnectionFactory().create(PlatformConfig.builder()
				.name("research")
				.endpoint("localhost:" + server.port())
				.insecure(true)
				.clientCredentials("our-client", "s3cret")
				.scopes("all")
				.build());
			try (connection) {
				for (int i = 0; i < 100; i++) {
					version(connection);
				}
			}
			String login = "Login of Flyte connection 'research' to localhost:" + server.port()
					+ " (mode client-credentials) ";
			List<String> lines = lines(log);
			assertThat(lines).hasSize(5);
			assertThat(lines.get(0)).endsWith(login + "begins: Flyte publishes the issuer " + issuer
					+ " and the token endpoint " + issuer + "/token");
			assertThat(lines.get(1)).endsWith(login + "uses the token endpoint " + issuer
					+ "/token, the client id our-client, the scopes all and the audience (none)");
			assertThat(lines.get(2)).contains(login + "obtained an access token from " + issuer + "/token in ");
			assertThat(lines.get(3))
				.contains(login + "ended well: the token goes out under 'flyte-authorization' and is good until 20");
			assertThat(lines.get(4)).endsWith(" is up: Flyte Admin answers (mode client-credentials)");
			assertThat(log.text()).contains("ended well").doesNotContain("s3cret", "passw0rd");
			assertThat(String.join("\n", lines)).doesNotContain(TOKEN);
		}
	}

	@Test
	void whenFlyteDoesNotAnswerThenNothingSaysThatItIsUp() {
		try (LogCapture log = new LogCapture();
				FlyteConnection connection = new FlyteConnectionFactory().create(PlatformConfig.builder()
					.endpoint("localhost:" + FreePorts.reserve())
					.insecure(true)
					.authMode(AuthMode.NONE)
					.property("flyte.channel.max-retries", 0)
					.build())) {
			catchThrowableOfType(StatusRuntimeException.class, () -> version(connection));
			assertThat(log.text()).doesNotContain(" is up: ");
		}
	}

	private static List<String> lines(LogCapture log) {
		// Spring's channel factory tells of the end, by the name of ours.
		return log.text()
			.lines()
			.filter((line) -> line.startsWith("io.flyteconnect.") && !line.contains("Completed channel termination"))
			.toList();
	}

	private static void version(FlyteConnection connection) {
		connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

}
