package io.flyteconnect.integration.connection.outage;

import java.time.Duration;
import java.util.Set;

import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.login.FlyteDeviceLoginEvent;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;
import io.flyteconnect.test.identity.FlyteTestIdentityProvider;
import io.flyteconnect.test.identity.TokenRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand callers of one application: before there is a token, at its end, and after
 * it has been revoked. What happened is read from the servers.
 */
@Tag("fault")
@Tag("once")
class LoginStormTests {

	private static final int CALLERS = Storm.CALLERS;

	private static final Duration LIFE = Duration.ofMinutes(12);

	private static final Duration TO_RENEWAL = Duration.ofMinutes(8);

	private final MovableClock clock = new MovableClock();

	private FlyteTestServer server;

	private FlyteTestIdentityProvider provider;

	private Storm storm;

	@AfterEach
	void stop() {
		this.storm.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenAllCallAtOnceAfterTheStartThenOneLogsInAndNobodyIsRefused(boolean tls) throws Exception {
		FlyteTestServerBuilder builder = Storm.service();
		start(tls ? builder.tls() : builder, Applications.create());
		assertThat(this.server.acceptedConnections()).as("connections at startup").isZero();
		assertThat(this.provider.requests()).as("token requests at startup").isEmpty();
		// Long enough for every caller to come while the login is under way.
		this.provider.delay(Duration.ofSeconds(1));
		assertThat(AtOnce.call(CALLERS, this.storm.flyte())).hasSize(CALLERS).containsOnly(3);
		assertThat(this.provider.tokenRequestCount()).isOne();
		assertThat(this.server.calls().count("GetOAuth2Metadata")).isOne();
		assertThat(this.server.calls().count("GetPublicClientConfig")).isOne();
		assertThat(this.server.calls().refused()).isZero();
		assertThat(this.server.calls().outcomes(Status.Code.OK)).isEqualTo(CALLERS + 2);
		assertThat(this.storm.usedTokens()).hasSize(1).doesNotContain("none");
		assertThat(this.server.acceptedConnections()).isOne();
	}

	@Test
	void whenAllCallAtOnceAfterTheTokenHasEndedThenOneLogsInAndNobodyIsRefused() throws Exception {
		start(Storm.service().tokenLifetime(LIFE), Applications.create().clock(this.clock));
		assertThat(AtOnce.call(1, this.storm.flyte())).containsOnly(3);
		Set<String> ended = this.storm.usedTokens();
		this.clock.move(LIFE);
		this.provider.clearRequests();
		this.server.calls().clear();
		assertThat(AtOnce.call(CALLERS, this.storm.flyte())).hasSize(CALLERS).containsOnly(3);
		assertThat(this.provider.tokenRequestCount()).isOne();
		assertThat(this.server.calls().refused()).isZero();
		assertThat(this.storm.usedTokens()).hasSize(1).doesNotContain("none").doesNotContainAnyElementsOf(ended);
	}

	@Test
	void whenTokensEndWhileAllCallThenEachIsRenewedAheadByOneRequest() throws Exception {
		start(Storm.service().tokenLifetime(LIFE),
				Applications.create().clock(this.clock).property("flyte.credentials.token-refresh-window", "5m"));
		try (Callers callers = this.storm.callers()) {
			renewTwice();
			callers.goOn();
			callers.stopWithoutFailures();
		}
		assertThat(this.provider.tokenRequestCount()).isEqualTo(3);
		assertThat(this.provider.mostRequestsAtOnce()).isOne();
		assertThat(this.server.calls().refused()).isZero();
		assertThat(this.server.calls().count("GetOAuth2Metadata")).isOne();
		assertThat(this.storm.usedTokens()).hasSize(3).doesNotContain("none");
	}

	@Test
	void whenTokensAreRevokedWhileAllCallThenOneRequestServesAll() throws Exception {
		start(Storm.service(), Applications.create());
		try (Callers callers = this.storm.callers()) {
			callers.goOn();
			this.provider.revokeTokens();
			callers.goOn();
			callers.stopWithoutFailures();
		}
		assertThat(this.provider.tokenRequestCount()).isEqualTo(2);
		assertThat(this.provider.mostRequestsAtOnce()).isOne();
		// Each caller has one call under way.
		assertThat(this.server.calls().refused()).isBetween(1, CALLERS);
		assertThat(this.storm.usedTokens()).hasSize(2).doesNotContain("none");
	}

	@Test
	void whenRefreshTokensAreGoodForOneUseThenEachIsUsedOnceAndThePersonIsAskedOnce() throws Exception {
		start(FlyteTestServer.builder().login().withSampleData().tokenLifetime(LIFE),
				Applications.create()
					.clock(this.clock)
					.property("flyte.credentials.auth-mode", "device-flow")
					.property("flyte.credentials.interactive", "always")
					.property("flyte.credentials.device-flow.poll-interval", "100ms")
					.property("flyte.credentials.device-flow.refresh-time", "5m")
					.listener(new Approval()));
		try (Callers callers = this.storm.callers()) {
			renewTwice();
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
		assertThat(this.storm.usedTokens()).hasSize(5).contains("none");
	}

	private void start(FlyteTestServerBuilder builder, Applications application) {
		this.storm = Storm.start(builder, application);
		this.server = this.storm.server();
		this.provider = this.storm.provider();
	}

	/**
	 * Let two tokens come to be renewed, with minutes left: nobody is late for that.
	 */
	private void renewTwice() {
		this.storm.awaitUsedTokens(1);
		this.clock.move(TO_RENEWAL);
		this.storm.awaitUsedTokens(2);
		this.clock.move(TO_RENEWAL);
		this.storm.awaitUsedTokens(3);
	}

	private static String kind(TokenRequest request) {
		return (request.grantType() != null) ? request.grantType() : request.path();
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
