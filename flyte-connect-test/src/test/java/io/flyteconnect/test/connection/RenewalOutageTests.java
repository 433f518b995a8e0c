package io.flyteconnect.test.connection;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A thousand callers of one application whose token is to be renewed while the token
 * endpoint is down: it fails at once, or only when the time is over.
 */
@Tag("once")
class RenewalOutageTests {

	// A window of more than half of a life would count as too large.
	@ParameterizedTest
	@EnumSource(value = Outage.class, names = { "UNAVAILABLE", "SILENT" })
	void whenNoTokenIsToBeHadWhileTheOldOneIsGoodThenNoCallFails(Outage outage) throws Exception {
		Applications application = Applications.create().property("flyte.credentials.token-refresh-window", "18s");
		try (OutageStorm down = OutageStorm.start(Storm.service().tokenLifetime(Duration.ofSeconds(38)), application,
				outage)) {
			Storm storm = down.storm();
			AtOnce.call(1, storm.flyte());
			Instant due = Instant.now().plusSeconds(19);
			down.begin();
			await("renewal").atMost(Storm.PATIENCE).until(() -> Instant.now().isAfter(due));
			try (Callers callers = storm.callers()) {
				down.awaitEnd();
				storm.awaitIssuedTokens(2);
				callers.goOn();
				callers.stopWithoutFailures();
			}
			assertThat(storm.server().calls().refused()).isZero();
			assertThat(storm.usedTokens()).hasSize(2).doesNotContain("none");
			down.assertOneRequestAStep();
		}
	}

}
