package io.flyteconnect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.ConnectivityState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.login.LoginStep;
import io.flyteconnect.login.TokenState;
import io.flyteconnect.login.TokenState.Presence;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a connection tells of its channel and its token, and what is done to them by hand.
 */
class ConnectionStateTests {

	private static final String TOKEN = "t0ken-of-the-state";

	private final TokenServer idp = new TokenServer(TOKEN);

	private LoginServer server;

	private FlyteConnection connection;

	@BeforeEach
	void start() throws Exception {
		this.server = new LoginServer();
		this.server.accepted.add(TOKEN);
		this.server.metadata = OAuth2MetadataResponse.newBuilder()
			.setIssuer("http://user:passw0rd@localhost:" + this.idp.port())
			.setTokenEndpoint("http://localhost:" + this.idp.port() + "/token")
			.build();
		this.connection = connect(settings().clientCredentials("client", "s3cret"));
	}

	@AfterEach
	void stop() throws Exception {
		this.connection.close();
		this.server.close();
		this.idp.close();
	}

	@Test
	void whenNothingWasCalledThenNothingIsThereAndLookingChangesNothing() {
		assertThat(this.connection.channelState()).isEqualTo(ConnectivityState.IDLE);
		TokenState state = this.connection.tokenState();
		assertThat(state).isEqualTo(
				new TokenState(AuthMode.CLIENT_CREDENTIALS, Presence.ABSENT, null, List.of(), null, null, null, null));
		assertThat(this.server.connections).hasValue(0);
		assertThat(this.idp.requests()).isEmpty();
	}

	@Test
	void whenFlyteWasCalledThenTheTokenIsDescribedAndNotShown() {
		version();
		assertThat(this.connection.channelState()).isEqualTo(ConnectivityState.READY);
		TokenState state = this.connection.tokenState();
		assertThat(state.presence()).isEqualTo(Presence.PRESENT);
		assertThat(state.issuer()).isEqualTo("http://localhost:" + this.idp.port());
		assertThat(state.scopes()).containsExactly("all", "offline");
		assertThat(state.lastFailure()).isNull();
		assertThat(state.underWay()).isNull();
		Instant obtained = state.obtainedAt();
		assertThat(obtained).isNotNull();
		assertThat(Duration.between(obtained, state.endsAt())).isCloseTo(Duration.ofHours(1), Duration.ofMinutes(1));
		assertThat(state.toString()).doesNotContain(TOKEN, "s3cret", "passw0rd");
	}

	@Test
	void whenTheTokenIsDroppedThenTheNextCallGetsAnother() {
		version();
		this.connection.dropToken();
		assertThat(this.connection.tokenState().presence()).isEqualTo(Presence.ABSENT);
		assertThat(this.connection.tokenState().endsAt()).isNull();
		version();
		assertThat(this.idp.requests()).hasSize(2);
		assertThat(this.connection.tokenState().presence()).isEqualTo(Presence.PRESENT);
	}

	@Test
	void whenALoginFailedThenThatIsTold() {
		this.server.metadataFailure = Status.INTERNAL.withDescription("the database is gone");
		catchThrowableOfType(StatusRuntimeException.class, this::version);
		TokenState failed = this.connection.tokenState();
		assertThat(failed.presence()).isEqualTo(Presence.ABSENT);
		assertThat(failed.lastFailure()).isNotNull().satisfies((failure) -> {
			assertThat(failure.step()).isEqualTo(LoginStep.DISCOVERY);
			assertThat(failure.message()).contains("the database is gone");
			assertThat(failure.time()).isBetween(Instant.now().minusSeconds(600), Instant.now());
		});
		this.server.metadataFailure = null;
		this.connection.dropToken();
		version();
		TokenState after = this.connection.tokenState();
		assertThat(after.presence()).isEqualTo(Presence.PRESENT);
		assertThat(after.lastFailure()).isEqualTo(failed.lastFailure());
	}

	@Test
	void whenNoTokenIsWantedThenThatIsTold() {
		this.server.tokenWanted = false;
		try (FlyteConnection none = connect(settings().authMode(AuthMode.NONE))) {
			assertThat(none.tokenState().presence()).isEqualTo(Presence.NOT_NEEDED);
		}
		this.server.metadataFailure = Status.UNIMPLEMENTED;
		version();
		assertThat(this.connection.tokenState().presence()).isEqualTo(Presence.NOT_NEEDED);
		assertThat(this.connection.tokenState().endsAt()).isNull();
	}

	@Test
	void whenConnectedAnewThenThereIsAnotherConnectionAndTheTokenStays() {
		version();
		assertThat(this.server.connections).hasValue(1);
		this.connection.reconnect();
		await().until(() -> this.server.connections.get() == 2);
		await().until(() -> this.connection.channelState() == ConnectivityState.READY);
		version();
		assertThat(this.server.connections).hasValue(2);
		assertThat(this.idp.requests()).hasSize(1);
	}

	@Test
	void whenConnectionIsClosedThenItsChannelIsShutDown() {
		version();
		this.connection.close();
		assertThat(this.connection.channelState()).isEqualTo(ConnectivityState.SHUTDOWN);
		this.connection.reconnect();
		assertThat(this.connection.channelState()).isEqualTo(ConnectivityState.SHUTDOWN);
	}

	private void version() {
		this.connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	private PlatformConfigBuilder settings() {
		return PlatformConfig.builder()
			.name("state")
			.endpoint("localhost:" + this.server.port())
			.insecure(true)
			.scopes("all", "offline");
	}

	private static FlyteConnection connect(PlatformConfigBuilder settings) {
		return new FlyteConnectionFactory().create(settings.build());
	}

}
