package io.flyteconnect.integration.connection.outage;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.RecordedCall;
import io.flyteconnect.test.identity.FlyteTestIdentityProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What many busy callers notice of the end of a token, of a revocation and of failing
 * servers: nothing.
 */
@Tag("fault")
@Tag("once")
class TokenLifeTests {

	private static final int CALLERS = 50;

	private FlyteTestServer server;

	private FlyteTestIdentityProvider provider;

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() {
		this.server = FlyteTestServer.builder().clientCredentials("life", "secret").withSampleData().start();
		this.provider = this.server.identityProvider();
		this.context = Applications.create()
			.properties(this.server.properties())
			.property("flyte.credentials.token-refresh-window", "7s")
			.run();
	}

	@AfterEach
	void stop() {
		this.context.close();
		this.server.close();
	}

	@Test
	void whenTokensEndThenTheyAreRenewedAheadOnceEach() throws Exception {
		// Renewed after seven seconds, and a second time halfway to the end: a busy
		// machine is slow.
		this.provider.accessTokenLifetime(Duration.ofSeconds(14));
		long start = System.nanoTime();
		try (Callers callers = callers()) {
			await(() -> this.provider.issuedTokenCount() == 2);
			this.provider.accessTokenLifetime(Duration.ofMinutes(30));
			await(() -> this.provider.issuedTokenCount() == 3);
			callers.goOn();
			callers.stopWithoutFailures();
		}
		// Two renewals of tokens of fourteen seconds, none of which was used to its end.
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(13));
		assertThat(this.provider.tokenRequestCount()).isEqualTo(3);
		assertThat(this.provider.mostRequestsAtOnce()).isOne();
		assertThat(this.server.calls().refused()).isZero();
		assertThat(this.server.calls().count("GetOAuth2Metadata")).isOne();
		assertThat(this.server.calls().calls("ListProjects")).extracting(RecordedCall::tokenFingerprint)
			.doesNotContainNull();
	}

	@Test
	void whenAllTokensAreRevokedThenOneNewTokenServesEverybody() throws Exception {
		try (Callers callers = callers()) {
			callers.goOn();
			this.provider.revokeTokens();
			callers.goOn();
			callers.stopWithoutFailures();
		}
		assertThat(this.provider.tokenRequestCount()).isEqualTo(2);
		assertThat(this.provider.mostRequestsAtOnce()).isOne();
		assertThat(this.server.calls().refused()).isBetween(1, CALLERS);
	}

	@Test
	void whenReadsAreUnavailableForAWhileThenNoCallFailsAndTheTokenStays() throws Exception {
		try (Callers callers = callers()) {
			this.server.behaviour().failNext("ListProjects", 40, Status.UNAVAILABLE.withDescription("restarting"));
			callers.goOn();
			callers.stopWithoutFailures();
		}
		assertThat(this.server.calls().outcomes(Status.Code.UNAVAILABLE)).isEqualTo(40);
		assertThat(this.provider.tokenRequestCount()).isOne();
	}

	@Test
	void whenProviderFailsWhileTheTokenIsGoodThenNoCallNotices() throws Exception {
		this.provider.accessTokenLifetime(Duration.ofSeconds(14));
		try (Callers callers = callers()) {
			this.provider.failNext(3, 503, "busy");
			this.provider.accessTokenLifetime(Duration.ofMinutes(30));
			await(() -> this.provider.issuedTokenCount() == 2);
			callers.goOn();
			callers.stopWithoutFailures();
		}
		assertThat(this.provider.tokenRequestCount()).isEqualTo(5);
		assertThat(this.provider.mostRequestsAtOnce()).isOne();
		assertThat(this.server.calls().refused()).isZero();
	}

	private Callers callers() throws InterruptedException {
		return Callers.start(CALLERS, this.context.getBean(FlyteAdminStub.class));
	}

	private static void await(BooleanSupplier condition) throws InterruptedException {
		long deadline = System.nanoTime() + Duration.ofSeconds(Callers.PATIENCE_SECONDS).toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
			Thread.sleep(20);
		}
		assertThat(condition.getAsBoolean()).as("seen in time").isTrue();
	}

}
