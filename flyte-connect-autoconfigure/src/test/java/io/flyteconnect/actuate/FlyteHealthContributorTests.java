package io.flyteconnect.actuate;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.WireMockServer;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.FlyteConnectionListener;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.MovableClock;
import io.flyteconnect.testsupport.TestCertificates;
import io.flyteconnect.testsupport.TokenServer;
import io.flyteconnect.testsupport.VersionServer;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * What the health page says of connections, and what it costs Flyte that people look.
 */
class FlyteHealthContributorTests {

	/** Of a page that a busy machine may answer late. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

	private final VersionServer server = new VersionServer();

	private final MovableClock clock = new MovableClock();

	private final List<FlyteConnection> connections = new ArrayList<>();

	@AfterEach
	void stop() throws Exception {
		SecurityContextHolder.clearContext();
		this.server.goOn();
		this.connections.forEach(FlyteConnection::close);
		this.server.close();
	}

	@Test
	void whenFlyteAnswersThenItIsUpAndTheDetailsSayWhatIsConnected() {
		Health health = health(contributor(PATIENCE, connect("research")), "research");
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("endpoint", "localhost:" + this.server.port())
			.containsEntry("authMode", "none")
			.containsEntry("version", VersionServer.VERSION)
			.containsEntry("channel", "READY")
			.containsEntry("token", Map.of("state", "NOT_NEEDED"))
			.containsEntry("askedAt", this.clock.instant().toString())
			.doesNotContainKeys("lastFailure", "reason");
	}

	@Test
	void whenFlyteFailsThenItIsDownAndTheFailureIsRememberedWithStepAndTime() {
		FlyteHealthContributor contributor = contributor(PATIENCE, connect("research"));
		this.server.failure = io.grpc.Status.INTERNAL.withDescription("the database is gone");
		Health down = health(contributor, "research");
		Object failure = Map.of("step", "call", "time", this.clock.instant().toString(), "message",
				"INTERNAL: the database is gone");
		assertThat(down.getStatus()).isEqualTo(Status.DOWN);
		assertThat(down.getDetails()).containsEntry("lastFailure", failure).doesNotContainKey("version");
		this.server.failure = null;
		this.clock.move(TIME_TO_LIVE);
		Health up = health(contributor, "research");
		assertThat(up.getStatus()).isEqualTo(Status.UP);
		assertThat(up.getDetails()).containsEntry("lastFailure", failure);
	}

	@Test
	void whenNobodyListensThenThePageSaysSoInTheWordsOfACallAndWaitsForNoMoreRetries() {
		assertThat(failsLikeACall("TCP", settings("absent", FreePorts.reserve()))).contains("nothing listens there");
	}

	@Test
	void whenTheCertificateIsNotTrustedThenThePageSaysSoInTheWordsOfACall(@TempDir Path folder) throws Exception {
		TestCertificates certificates = TestCertificates.in(folder);
		Server tls = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.useTransportSecurity(certificates.serverCertificateFile().toFile(), certificates.serverKeyFile().toFile())
			.build()
			.start();
		try {
			assertThat(failsLikeACall("TLS",
					settings("distrusted", tls.getPort()).insecure(false).caCertFile(certificates.otherCaFile())))
				.contains("is not trusted");
		}
		finally {
			tls.shutdownNow();
		}
	}

	@Test
	void whenTheProviderFailsThenThePageSaysSoInTheWordsOfACall() throws Exception {
		WireMockServer idp = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
		idp.start();
		try (LoginServer admin = new LoginServer()) {
			idp.stubFor(post("/token").willReturn(serverError()));
			admin.metadata = OAuth2MetadataResponse.newBuilder()
				.setTokenEndpoint("http://localhost:" + idp.port() + "/token")
				.build();
			assertThat(failsLikeACall("token request",
					settings("service", admin.port()).clientCredentials("client", "s3cret")))
				.contains("localhost:" + admin.port(), "localhost:" + idp.port() + "/token", "500")
				.doesNotContain("s3cret");
		}
		finally {
			idp.stop();
		}
	}

	@Test
	void whenTheProviderKeepsSilentThenTheStepIsTheToken() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				LoginServer admin = new LoginServer()) {
			admin.metadata = OAuth2MetadataResponse.newBuilder()
				.setTokenEndpoint("http://localhost:" + silent.getLocalPort() + "/token")
				.build();
			FlyteHealthContributor contributor = contributor(Duration.ofMillis(500),
					connect(settings("service", admin.port()).clientCredentials("client", "s3cret")));
			await().untilAsserted(
					() -> assertThat(lastFailure(health(contributor, "service"))).containsEntry("step", "token")
						.extractingByKey("message")
						.asString()
						.contains("for a token (step: token request")
						.doesNotContain("CallOptions", "s3cret"));
		}
	}

	@Test
	void whenFlyteKeepsSilentThenThePageSaysSoWithoutThePartsOfGrpc() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			FlyteHealthContributor contributor = contributor(Duration.ofMillis(500),
					connect(settings("silent", silent.getLocalPort())));
			for (int look = 0; look < 2; look++) {
				await().untilAsserted(() -> assertThat(lastFailure(health(contributor, "silent"))).extracting("message")
					.asString()
					.startsWith("DEADLINE_EXCEEDED: localhost:" + silent.getLocalPort() + " gave no connection")
					.doesNotContain("CallOptions", "ns,"));
			}
		}
	}

	/**
	 * Look at the page first, so that nothing is known yet.
	 */
	private String failsLikeACall(String step, PlatformConfigBuilder settings) {
		Resends resends = new Resends();
		FlyteConnection connection = FlyteConnectionFactory.builder()
			.listeners(List.of(resends))
			.build()
			.create(settings.property("flyte.channel.max-retries", 2).build());
		this.connections.add(connection);
		Health health = health(contributor(PATIENCE, connection), connection.name());
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(resends.count).as("sent again by the page").hasValueLessThanOrEqualTo(1);
		StatusRuntimeException ofCall = catchThrowableOfType(StatusRuntimeException.class,
				() -> connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance()));
		assertThat(lastFailure(health)).containsEntry("step", step).containsEntry("message", ofCall.getMessage());
		return ofCall.getMessage();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> lastFailure(Health health) {
		return (Map<String, Object>) Objects.requireNonNull(health.getDetails().get("lastFailure"));
	}

	@Test
	void whenLookedAtAgainThenTheAnswerCountsForItsTime() {
		FlyteHealthContributor contributor = contributor(PATIENCE, connect("research"));
		health(contributor, "research");
		this.clock.move(TIME_TO_LIVE.minusSeconds(1));
		health(contributor, "research");
		assertThat(this.server.calls).hasValue(1);
		this.clock.move(Duration.ofSeconds(1));
		health(contributor, "research");
		assertThat(this.server.calls).hasValue(2);
		this.clock.move(Duration.ofHours(-1));
		health(contributor, "research");
		assertThat(this.server.calls).hasValue(3);
	}

	@Test
	void whenFlyteHangsThenAHundredLooksShareOneCallAndItsLimit() throws Exception {
		FlyteConnection connection = connect("research");
		connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
		this.server.hang();
		FlyteHealthContributor contributor = contributor(Duration.ofSeconds(2), connection);
		ExecutorService lookers = Executors.newFixedThreadPool(100);
		try {
			List<CompletableFuture<Health>> looks = IntStream.range(0, 100)
				.mapToObj((i) -> CompletableFuture.supplyAsync(() -> health(contributor, "research"), lookers))
				.toList();
			// All have the one answer, whose time is that of the one call's end.
			assertThat(looks.stream().map(CompletableFuture::join)).hasSize(100)
				.allSatisfy((look) -> assertThat(look.getStatus()).isEqualTo(Status.DOWN));
			assertThat(this.server.calls).hasValue(2);
			// The one of before: Flyte goes on hanging while all have their answer.
			assertThat(this.server.answers).hasValue(1);
			assertThat(health(contributor, "research").getDetails().get("lastFailure"))
				.asInstanceOf(InstanceOfAssertFactories.MAP)
				.extractingByKey("message")
				.asString()
				.startsWith("DEADLINE_EXCEEDED");
			assertThat(this.server.calls).hasValue(2);
		}
		finally {
			lookers.shutdownNow();
		}
	}

	@Test
	void whenThePageIsLookedAtThenAllConnectionsAreAskedBeforeOneIsWaitedFor() throws Exception {
		try (VersionServer other = new VersionServer()) {
			this.server.hang();
			other.hang();
			FlyteHealthContributor contributor = contributor(PATIENCE, connect("one"),
					connect(settings("two", other.port())));
			assertThat(contributor.stream().map((entry) -> entry.name())).containsExactly("one", "two");
			await().until(() -> this.server.calls.get() == 1 && other.calls.get() == 1);
			assertThat(contributor.stream()).hasSize(2);
			this.server.goOn();
			other.goOn();
			assertThat(health(contributor, "one").getStatus()).isEqualTo(Status.UP);
			assertThat(health(contributor, "two").getStatus()).isEqualTo(Status.UP);
			assertThat(this.server.calls).hasValue(1);
			assertThat(other.calls).hasValue(1);
			assertThat(contributor.getContributor("three")).isNull();
		}
	}

	@Test
	void whenAPersonWouldHaveToLogInThenNobodyIsAskedAndTheHealthIsUnknown() throws Exception {
		try (TokenServer idp = new TokenServer("t0ken"); LoginServer admin = loginServer(idp)) {
			for (AuthMode mode : new AuthMode[] { AuthMode.PKCE, AuthMode.DEVICE_FLOW }) {
				List<Object> events = new ArrayList<>();
				FlyteConnection connection = FlyteConnectionFactory.builder()
					.events(events::add)
					.build()
					.create(settings("person", admin.port()).authMode(mode)
						.property("flyte.credentials.interactive", "always")
						.build());
				this.connections.add(connection);
				Health health = health(contributor(PATIENCE, connection), "person");
				assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
				assertThat(health.getDetails()).containsKey("reason").doesNotContainKey("lastFailure");
				assertThat(events).isEmpty();
				assertThat(idp.requests()).isEmpty();
			}
		}
	}

	@Test
	void whenTheServiceLogsInItselfThenItsTokenIsDescribedAndNobodyElsesIsSent() throws Exception {
		try (TokenServer idp = new TokenServer("t0ken-of-the-service"); LoginServer admin = loginServer(idp)) {
			FlyteConnection connection = connect(settings("service", admin.port()).clientCredentials("client", "s3cret")
				.property("flyte.credentials.relay", true));
			OAuth2AccessToken caller = new OAuth2AccessToken(TokenType.BEARER, "t0ken-of-who-looks", null, null);
			SecurityContextHolder.getContext()
				.setAuthentication(UsernamePasswordAuthenticationToken.authenticated("looker", caller, List.of()));
			Health health = health(contributor(PATIENCE, connection), "service");
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(admin.authorizations).containsExactly("Bearer t0ken-of-the-service");
			assertThat(health.getDetails().get("token")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("state", "PRESENT")
				.containsKey("endsAt");
			assertThat(health.toString()).doesNotContain("t0ken", "s3cret");
			assertThat(SecurityContextHolder.getContext().getAuthentication()).isNotNull();
		}
	}

	@Test
	void whenTheLoginFailsThenItsOwnStepIsNamed() throws Exception {
		try (LoginServer admin = new LoginServer()) {
			admin.metadata = OAuth2MetadataResponse.newBuilder()
				.setTokenEndpoint("http://localhost:" + FreePorts.reserve() + "/token")
				.build();
			FlyteConnection connection = connect(settings("service", admin.port()).clientCredentials("client", "s3cret")
				.property("flyte.channel.max-retries", 0));
			Health health = health(contributor(PATIENCE, connection), "service");
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails().get("lastFailure")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("step", "token request");
		}
	}

	private static Health health(FlyteHealthContributor contributor, String name) {
		HealthIndicator indicator = (HealthIndicator) Objects.requireNonNull(contributor.getContributor(name));
		return indicator.health();
	}

	private FlyteHealthContributor contributor(Duration timeout, FlyteConnection... connections) {
		return new FlyteHealthContributor(List.of(connections), timeout, TIME_TO_LIVE, this.clock);
	}

	private FlyteConnection connect(String name) {
		return connect(settings(name, this.server.port()));
	}

	private FlyteConnection connect(PlatformConfigBuilder settings) {
		FlyteConnection connection = new FlyteConnectionFactory().create(settings.build());
		this.connections.add(connection);
		return connection;
	}

	private static PlatformConfigBuilder settings(String name, int port) {
		return PlatformConfig.builder().name(name).endpoint("localhost:" + port).insecure(true).authMode(AuthMode.NONE);
	}

	private static LoginServer loginServer(TokenServer idp) throws Exception {
		LoginServer server = LoginServer.of(idp, "t0ken-of-the-service");
		server.metadata = server.metadata.toBuilder()
			.setAuthorizationEndpoint("http://localhost:" + idp.port() + "/authorize")
			.setDeviceAuthorizationEndpoint("http://localhost:" + idp.port() + "/device")
			.build();
		return server;
	}

	private static final class Resends implements FlyteConnectionListener {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public void callResent(FlyteConnection connection, MethodDescriptor<?, ?> method, ResendReason reason) {
			this.count.incrementAndGet();
		}

	}

}
