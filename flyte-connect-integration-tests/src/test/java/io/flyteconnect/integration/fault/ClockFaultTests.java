package io.flyteconnect.integration.fault;

import java.time.Duration;
import java.time.Instant;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.testsupport.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A machine whose clock is set an hour forward or back while tokens live for half an
 * hour.
 */
@Tag("fault")
class ClockFaultTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@Test
	void whenTheClockIsSetAnHourBothWaysThenNoCallFails() {
		MovableClock clock = new MovableClock(Instant.now());
		try (FaultyFlyte faulty = FaultyFlyte.start(FaultyFlyte.service().tokenLifetime(Duration.ofMinutes(30)),
				Applications.create().clock(clock))) {
			call(faulty);
			clock.move(HOUR);
			call(faulty);
			assertThat(faulty.provider().tokenRequestCount()).as("requests, one after the jump").isEqualTo(2);
			assertThat(faulty.server().calls().refused()).isZero();
			clock.move(HOUR.negated());
			call(faulty);
			assertThat(faulty.provider().tokenRequestCount()).as("requests, none after the jump back").isEqualTo(2);
			// Its end comes to Flyte an hour before it comes to this machine.
			faulty.provider().revokeTokens();
			call(faulty);
			assertThat(faulty.provider().tokenRequestCount()).isEqualTo(3);
			assertThat(faulty.server().calls().refused()).isOne();
			clock.move(HOUR.negated());
			call(faulty);
			faulty.provider().revokeTokens();
			call(faulty);
			assertThat(faulty.provider().tokenRequestCount()).isEqualTo(4);
			assertThat(faulty.server().calls().refused()).isEqualTo(2);
		}
	}

	@Test
	void whenTheClockIsAnHourWrongFromTheStartThenTokensAreUsedAsLongAsTheyLive() {
		for (Duration wrong : new Duration[] { HOUR, HOUR.negated() }) {
			try (FaultyFlyte faulty = FaultyFlyte.start(FaultyFlyte.service().tokenLifetime(Duration.ofMinutes(30)),
					Applications.create().clock(new MovableClock(Instant.now().plus(wrong))))) {
				for (int i = 0; i < 20; i++) {
					call(faulty);
				}
				assertThat(faulty.provider().tokenRequestCount()).as("requests with a clock that is %s wrong", wrong)
					.isOne();
				assertThat(faulty.server().calls().refused()).isZero();
			}
		}
	}

	private static void call(FaultyFlyte faulty) {
		faulty.flyte().blocking().listProjects(ProjectListRequest.getDefaultInstance());
	}

}
