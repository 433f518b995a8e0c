package io.flyteconnect.integration.connection.outage;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.flyteconnect.integration.connection.Applications;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand callers of one application whose token is to be renewed while the token
 * endpoint is down: it fails at once, or only when the time is over.
 */
@Tag("fault")
@Tag("once")
class RenewalOutageTests {

	@ParameterizedTest
	@EnumSource(value = Outage.class, names = { "UNAVAILABLE", "SILENT" })
	void whenNoTokenIsToBeHadWhileTheOldOneIsGoodThenNoCallFails(Outage outage) throws Exception {
		MovableClock clock = new MovableClock();
		Applications application = Applications.create()
			.clock(clock)
			.property("flyte.credentials.token-refresh-window", "8m");
		try (OutageStorm down = OutageStorm.start(Storm.service().tokenLifetime(Duration.ofMinutes(20)), application,
				outage)) {
			Storm storm = down.storm();
			AtOnce.call(1, storm.flyte());
			down.begin();
			clock.move(Duration.ofMinutes(13));
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
