package io.flyteconnect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.login.FlyteLoginEvent;
import io.flyteconnect.login.FlyteLoginFailedEvent;
import io.flyteconnect.login.FlyteLoginNeededEvent;
import io.flyteconnect.login.FlyteLoginSucceededEvent;
import io.flyteconnect.login.FlyteTokenRejectedEvent;
import io.flyteconnect.login.FlyteTokenRenewedEvent;
import io.flyteconnect.login.LoginStep;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * What an application is told of the login of a connection, and what its listeners can do
 * to it: nothing.
 */
class ConnectionEventsTests {

	private static final String TOKEN = "t0ken-of-the-events";

	private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

	private final TokenServer idp = new TokenServer(TOKEN);

	private LoginServer server;

	@BeforeEach
	void start() throws Exception {
		this.server = new LoginServer();
		this.server.accepted.add(TOKEN);
		this.server.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("http://localhost:" + this.idp.port() + "/token")
			.build();
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
		this.idp.close();
	}

	@Test
	void whenAServiceLogsInThenThatIsToldOnceWithTheEndAndNoSecret() {
		try (FlyteConnection connection = connect(this.events::add, service())) {
			version(connection);
			version(connection);
			FlyteLoginSucceededEvent event = next(FlyteLoginSucceededEvent.class);
			assertThat(event.connection()).isEqualTo("events");
			assertThat(event.mode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
			assertThat(event.proxy()).isFalse();
			assertThat(event.expiresAt()).isNotNull();
			assertThat(Duration.between(event.time(), event.expiresAt())).isCloseTo(Duration.ofHours(1),
					Duration.ofMinutes(1));
			assertThat(event.toString()).doesNotContain(TOKEN, "s3cret");
			assertThat(this.events).isEmpty();
		}
	}

	@Test
	void whenATokenIsRejectedThenThatIsToldBeforeTheNextLogin() {
		try (FlyteConnection connection = connect(this.events::add, service())) {
			version(connection);
			next(FlyteLoginSucceededEvent.class);
			this.server.accepted.clear();
			StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
					() -> version(connection));
			assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(next(FlyteTokenRejectedEvent.class).connection()).isEqualTo("events");
			next(FlyteLoginSucceededEvent.class);
			// The other one, which is as bad.
			next(FlyteTokenRejectedEvent.class);
			catchThrowableOfType(StatusRuntimeException.class, () -> version(connection));
			catchThrowableOfType(StatusRuntimeException.class, () -> version(connection));
			assertThat(this.events).isEmpty();
		}
	}

	@Test
	void whenALoginFailsThenItsStepIsTold() {
		this.server.metadataFailure = Status.INTERNAL.withDescription("the database is gone");
		try (FlyteConnection connection = connect(this.events::add, service())) {
			catchThrowableOfType(StatusRuntimeException.class, () -> version(connection));
			FlyteLoginFailedEvent event = next(FlyteLoginFailedEvent.class);
			assertThat(event.failure().getStep()).isEqualTo(LoginStep.DISCOVERY);
			assertThat(event.failure()).hasMessageContaining("the database is gone");
			assertThat(event.renewal()).isFalse();
			assertThat(event.time()).isBetween(Instant.now().minusSeconds(600), Instant.now());
		}
	}

	@Test
	void whenATokenIsRenewedAheadThenThatIsToldAsARenewal() {
		// Of its life of an hour, less than a second is left before it is renewed.
		try (FlyteConnection connection = connect(this.events::add,
				service().property("flyte.credentials.token-refresh-window", Duration.ofMinutes(29)))) {
			MovingClock clock = this.clock;
			version(connection);
			next(FlyteLoginSucceededEvent.class);
			clock.ahead = Duration.ofMinutes(45);
			version(connection);
			assertThat(next(FlyteTokenRenewedEvent.class).mode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
		}
	}

	@Test
	void whenAPersonHasToLogInThenThatIsToldAlsoWhereNobodyCanBeReached() {
		this.server.metadata = this.server.metadata.toBuilder()
			.setDeviceAuthorizationEndpoint("http://localhost:" + this.idp.port() + "/device")
			.build();
		try (FlyteConnection connection = connect(this.events::add,
				settings().authMode(AuthMode.DEVICE_FLOW)
					.property("flyte.credentials.client-id", "flytectl")
					.property("flyte.credentials.interactive", "never"))) {
			catchThrowableOfType(StatusRuntimeException.class, () -> version(connection));
			assertThat(next(FlyteLoginNeededEvent.class).mode()).isEqualTo(AuthMode.DEVICE_FLOW);
			assertThat(next(FlyteLoginFailedEvent.class).failure().getErrorCode()).isEqualTo("person_unreachable");
		}
	}

	@Test
	void whenAListenerThrowsThenNeitherTheLoginNorTheNextEventIsHarmed() {
		List<Object> seen = new CopyOnWriteArrayList<>();
		try (FlyteConnection connection = connect((event) -> {
			seen.add(event);
			throw new IllegalStateException("of the application");
		}, service())) {
			version(connection);
			connection.dropToken();
			version(connection);
			await().until(() -> seen.size() == 2);
		}
	}

	@Test
	void whenAListenerHangsThenLoginsAndCallsDoNot() throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		FlyteConnection connection = connect((event) -> {
			hanging.countDown();
			try {
				never.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, service());
		version(connection);
		assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 3; i++) {
			connection.dropToken();
			version(connection);
		}
		assertThat(this.idp.requests()).hasSize(4);
		connection.close();
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().startsWith("flyte-events-events-")));
	}

	@Test
	void whenAConnectionListenerThrowsThenCallsGoOn() {
		List<String> told = new CopyOnWriteArrayList<>();
		FlyteConnectionListener listener = new FlyteConnectionListener() {

			@Override
			public void opened(FlyteConnection connection) {
				told.add("opened " + connection.name());
				throw new IllegalStateException("opened");
			}

			@Override
			public void callStarted(FlyteConnection connection) {
				throw new IllegalStateException("call");
			}

			@Override
			public @Nullable Object currentContext() {
				throw new IllegalStateException("context");
			}

			@Override
			public TokenRequest tokenRequested(FlyteConnection connection, boolean proxy, boolean renewal,
					@Nullable Object context) {
				told.add("requested");
				throw new IllegalStateException("request");
			}

			@Override
			public void tokenAwaited(FlyteConnection connection, boolean proxy, Duration time, WaitEnd end) {
				told.add("awaited " + end);
			}

			@Override
			public void closed(FlyteConnection connection) {
				told.add("closed");
			}

		};
		try (FlyteConnection connection = FlyteConnectionFactory.builder()
			.listeners(List.of(listener))
			.build()
			.create(service().build())) {
			version(connection);
		}
		assertThat(told).containsExactly("opened events", "requested", "awaited OBTAINED", "closed");
	}

	private <T extends FlyteLoginEvent> T next(Class<T> type) {
		try {
			Object event = this.events.poll(60, TimeUnit.SECONDS);
			assertThat(event).isInstanceOf(type);
			return type.cast(event);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void version(FlyteConnection connection) {
		connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	private PlatformConfigBuilder service() {
		return settings().clientCredentials("client", "s3cret");
	}

	private PlatformConfigBuilder settings() {
		return PlatformConfig.builder().name("events").endpoint("localhost:" + this.server.port()).insecure(true);
	}

	private final MovingClock clock = new MovingClock();

	private FlyteConnection connect(Consumer<Object> events, PlatformConfigBuilder settings) {
		return FlyteConnectionFactory.builder().clock(this.clock).events(events).build().create(settings.build());
	}

	private static final class MovingClock extends Clock {

		private volatile Duration ahead = Duration.ZERO;

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return Instant.now().plus(this.ahead);
		}

	}

}
