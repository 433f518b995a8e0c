package io.flyteconnect.test.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.oauth2.person.FlyteDeviceLoginEvent;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;
import io.flyteconnect.test.RecordedCall;
import io.flyteconnect.test.identity.FlyteTestIdentityProvider;
import io.flyteconnect.test.identity.TokenRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A thousand callers of one application: before there is a token, at its end, after it
 * has been revoked, and while no other is to be had. What happened is read from the
 * servers.
 */
class LoginStormTests {

	private static final int CALLERS = 1000;

	private static final Duration OUTAGE = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final String DOWN = "{\"error\":\"temporarily_unavailable\",\"error_description\":\"restarting\"}";

	private FlyteTestServer server;

	private FlyteTestIdentityProvider provider;

	private ConfigurableApplicationContext context;

	private FlyteAdminStub flyte;

	@AfterEach
	void stop() {
		this.context.close();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenAllCallAtOnceAfterTheStartThenOneLogsInAndNobodyIsRefused(boolean tls) throws Exception {
		FlyteTestServerBuilder builder = service();
		start(tls ? builder.tls() : builder, Applications.create());
		assertThat(this.server.acceptedConnections()).as("connections at startup").isZero();
		assertThat(this.provider.requests()).as("token requests at startup").isEmpty();
		// Long enough for every caller to come while the login is under way.
		this.provider.delay(Duration.ofSeconds(1));
		assertThat(AtOnce.call(CALLERS, this.flyte)).hasSize(CALLERS).containsOnly(3);
		assertThat(this.provider.tokenRequestCount()).isOne();
		assertThat(this.server.calls().count("GetOAuth2Metadata")).isOne();
		assertThat(this.server.calls().count("GetPublicClientConfig")).isOne();
		assertThat(this.server.calls().refused()).isZero();
		assertThat(this.server.calls().outcomes(Status.Code.OK)).isEqualTo(CALLERS + 2);
		assertThat(usedTokens()).hasSize(1).doesNotContain("none");
		assertThat(this.server.acceptedConnections()).isOne();
	}

	@Test
	void whenAllCallAtOnceAfterTheTokenHasEndedThenOneLogsInAndNobodyIsRefused() throws Exception {
		start(service().tokenLifetime(Duration.ofSeconds(2)), Applications.create());
		assertThat(AtOnce.call(1, this.flyte)).containsOnly(3);
		// A slow machine gets a token late, and may have asked for the next one.
		await("end of the token").atMost(PATIENCE)
			.until(() -> Duration.between(last(this.provider.requests()).time(), Instant.now()).toSeconds() > 6);
		this.provider.accessTokenLifetime(Duration.ofMinutes(30));
		this.provider.clearRequests();
		this.server.calls().clear();
		assertThat(AtOnce.call(CALLERS, this.flyte)).hasSize(CALLERS).containsOnly(3);
		assertThat(this.provider.tokenRequestCount()).isOne();
		assertThat(this.server.calls().refused()).isZero();
		assertThat(usedTokens()).hasSize(1).doesNotContain("none");
	}

	@Test
	void whenTokensEndWhileAllCallThenEachIsRenewedAheadByOneRequest() throws Exception {
		start(service().tokenLifetime(Duration.ofSeconds(12)),
				Applications.create().property("flyte.credentials.token-refresh-window", "5s"));
		try (Callers callers = callers()) {
			awaitIssuedTokens(2);
			this.provider.accessTokenLifetime(Duration.ofMinutes(30));
			awaitIssuedTokens(3);
			callers.goOn();
			callers.stopWithoutFailures();
		}
		assertThat(this.provider.tokenRequestCount()).isEqualTo(3);
		assertThat(this.provider.mostRequestsAtOnce()).isOne();
		assertThat(this.server.calls().refused()).isZero();
		assertThat(this.server.calls().count("GetOAuth2Metadata")).isOne();
		assertThat(usedTokens()).hasSize(3).doesNotContain("none");
	}

	@Test
	void whenTokensAreRevokedWhileAllCallThenOneRequestServesAll() throws Exception {
		start(service(), Applications.create());
		try (Callers callers = callers()) {
			callers.goOn();
			this.provider.revokeTokens();
			callers.goOn();
			callers.stopWithoutFailures();
		}
		assertThat(this.provider.tokenRequestCount()).isEqualTo(2);
		assertThat(this.provider.mostRequestsAtOnce()).isOne();
		// Each caller has one call under way.
		assertThat(this.server.calls().refused()).isBetween(1, CALLERS);
		assertThat(usedTokens()).hasSize(2).doesNotContain("none");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenNoTokenIsToBeHadThenAllAreToldSoUntilOneIs(boolean revoked) throws Exception {
		start(service(), Applications.create());
		if (revoked) {
			AtOnce.call(1, this.flyte);
			this.provider.revokeTokens();
		}
		int issued = this.provider.issuedTokenCount();
		beginOutage();
		try (Callers callers = callers()) {
			awaitEndOfOutage();
			awaitIssuedTokens(issued + 1);
			callers.goOn();
			int failures = callers.failures().size();
			callers.goOn();
			callers.stop();
			assertThat(callers.failures()).as("failures, with none after the outage").hasSize(failures);
			assertThat(callers.failures().stream().map(Callers.Failure::caller).distinct()).as("callers that were told")
				.hasSize(CALLERS);
			assertThat(callers.failures().stream().map((failure) -> failure.exception().getMessage()).distinct())
				.as("what they were told")
				.containsExactly("UNAVAILABLE: Login of Flyte connection 'default' to " + this.server.endpoint()
						+ " (mode client-credentials) failed (step: token request): HTTP 503 temporarily_unavailable: "
						+ "restarting (" + this.provider.tokenEndpoint() + ")");
		}
		assertOneRequestAStep();
		assertThat(this.provider.issuedTokenCount()).isEqualTo(issued + 1);
	}

	@Test
	void whenNoTokenIsToBeHadWhileTheOldOneIsGoodThenNoCallFails() throws Exception {
		start(service().tokenLifetime(Duration.ofSeconds(40)),
				Applications.create().property("flyte.credentials.token-refresh-window", "19s"));
		AtOnce.call(1, this.flyte);
		Instant due = Instant.now().plusSeconds(21);
		beginOutage();
		await("renewal").atMost(PATIENCE).until(() -> Instant.now().isAfter(due));
		try (Callers callers = callers()) {
			awaitEndOfOutage();
			awaitIssuedTokens(2);
			callers.goOn();
			callers.stopWithoutFailures();
		}
		assertThat(this.server.calls().refused()).isZero();
		assertThat(usedTokens()).hasSize(2).doesNotContain("none");
		assertOneRequestAStep();
	}

	@Test
	void whenRefreshTokensAreGoodForOneUseThenEachIsUsedOnceAndThePersonIsAskedOnce() throws Exception {
		start(FlyteTestServer.builder().login().withSampleData().tokenLifetime(Duration.ofSeconds(12)),
				Applications.create()
					.property("flyte.credentials.auth-mode", "device-flow")
					.property("flyte.credentials.interactive", "always")
					.property("flyte.credentials.device-flow.poll-interval", "100ms")
					.property("flyte.credentials.device-flow.refresh-time", "5s")
					.listener(new Approval()));
		try (Callers callers = callers()) {
			awaitIssuedTokens(2);
			this.provider.accessTokenLifetime(Duration.ofMinutes(30));
			awaitIssuedTokens(3);
			callers.goOn();
			this.provider.revokeTokens();
			callers.goOn();
			callers.stopWithoutFailures();
		}
		assertThat(this.provider.requests().stream().map(LoginStormTests::kind)).containsExactly(
				"/oauth2/device_authorization", "urn:ietf:params:oauth:grant-type:device_code", "refresh_token",
				"refresh_token", "refresh_token");
		assertThat(this.provider.mostRequestsAtOnce()).isOne();
		// Once for want of a token, once for that which was revoked.
		assertThat(this.server.calls().refused()).isBetween(2, 2 * CALLERS);
		assertThat(usedTokens()).hasSize(5).contains("none");
	}

	private static FlyteTestServerBuilder service() {
		return FlyteTestServer.builder().clientCredentials("storm", "secret").withSampleData();
	}

	private void start(FlyteTestServerBuilder builder, Applications application) {
		this.server = builder.start();
		this.provider = this.server.identityProvider();
		this.context = application.properties(this.server.properties())
			// A thousand calls take their time on a small machine.
			.property("flyte.channel.deadline", "2m")
			.property("flyte.channel.per-retry-timeout", "0s")
			.property("flyte.credentials.request-timeout", "30s")
			.run();
		this.flyte = this.context.getBean(FlyteAdminStub.class);
	}

	/**
	 * Start callers that have a call under way nearly all the time.
	 */
	private Callers callers() throws InterruptedException {
		this.server.behaviour().delay("ListProjects", Duration.ofSeconds(1));
		return Callers.start(CALLERS, this.flyte);
	}

	private void awaitIssuedTokens(int count) {
		await("token " + count).atMost(PATIENCE).until(() -> this.provider.issuedTokenCount() >= count);
	}

	private void beginOutage() {
		this.provider.clearRequests();
		this.provider.failNext(CALLERS, 503, DOWN);
	}

	/**
	 * The outage ends when requests have been refused for that long.
	 */
	private void awaitEndOfOutage() {
		BooleanSupplier longEnough = () -> {
			List<TokenRequest> requests = this.provider.requests();
			return !requests.isEmpty()
					&& Duration.between(requests.get(0).time(), last(requests).time()).compareTo(OUTAGE) > 0;
		};
		await("outage").atMost(PATIENCE).until(longEnough::getAsBoolean);
		this.provider.reset();
	}

	/**
	 * After the n-th failure in a row no request is made for at least half of the n-th
	 * step: 100 ms, 200 ms, 400 ms and so on, up to a second.
	 */
	private void assertOneRequestAStep() {
		List<TokenRequest> requests = this.provider.requests();
		assertThat(this.provider.mostRequestsAtOnce()).isOne();
		assertThat(requests).hasSizeGreaterThan(5);
		for (int failures = 1; failures < requests.size(); failures++) {
			long step = Math.min(1000, 100L << Math.min(failures - 1, 10));
			assertThat(Duration.between(requests.get(failures - 1).time(), requests.get(failures).time()))
				.as("pause after failure " + failures)
				.isGreaterThanOrEqualTo(Duration.ofMillis(step / 2 - 1));
		}
	}

	private static TokenRequest last(List<TokenRequest> requests) {
		return requests.get(requests.size() - 1);
	}

	private static String kind(TokenRequest request) {
		return (request.grantType() != null) ? request.grantType() : request.path();
	}

	private Set<String> usedTokens() {
		return this.server.calls()
			.calls("ListProjects")
			.stream()
			.map(RecordedCall::tokenFingerprint)
			.map((token) -> (token != null) ? token : "none")
			.collect(Collectors.toSet());
	}

	/**
	 * Confirms each device login at once.
	 */
	private final class Approval implements ApplicationListener<PayloadApplicationEvent<FlyteDeviceLoginEvent>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<FlyteDeviceLoginEvent> event) {
			LoginStormTests.this.provider.approveDevice(event.getPayload().userCode());
		}

	}

}
