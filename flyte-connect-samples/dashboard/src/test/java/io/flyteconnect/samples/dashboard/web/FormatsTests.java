package io.flyteconnect.samples.dashboard.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import flyteidl.core.Execution.WorkflowExecution.Phase;
import org.junit.jupiter.api.Test;

import io.flyteconnect.samples.dashboard.flyte.ExecutionSecurity;
import io.flyteconnect.samples.dashboard.flyte.ExecutionSummary;

import static org.assertj.core.api.Assertions.assertThat;

class FormatsTests {

	private final Formats formats = new Formats();

	@Test
	void whenDurationThenTwoUnitsAtMost() {
		assertThat(this.formats.duration(Duration.ofMillis(400))).isEqualTo("0 s");
		assertThat(this.formats.duration(Duration.ofSeconds(59))).isEqualTo("59 s");
		assertThat(this.formats.duration(Duration.ofSeconds(60))).isEqualTo("1 min 0 s");
		assertThat(this.formats.duration(Duration.ofSeconds(3725))).isEqualTo("1 h 2 min");
		assertThat(this.formats.duration(Duration.ofHours(50))).isEqualTo("2 d 2 h");
		assertThat(this.formats.duration(Duration.ofSeconds(-5))).isEqualTo("0 s");
	}

	@Test
	void whenItIsStillRunningThenTheTimeSoFar() {
		Instant started = Instant.now().minusSeconds(90);
		assertThat(this.formats.duration(execution(Phase.RUNNING, started, null))).matches("1 min [3-5]\\d s so far");
		assertThat(this.formats.duration(execution(Phase.QUEUED, null, null))).isNull();
		assertThat(this.formats.duration(execution(Phase.ABORTED, started, null))).isNull();
		assertThat(this.formats.duration(execution(Phase.SUCCEEDED, started, Duration.ofSeconds(7)))).isEqualTo("7 s");
	}

	@Test
	void whenAgoThenTheLargestUnit() {
		Instant now = Instant.now();
		assertThat(this.formats.ago(now.plusSeconds(5))).isEqualTo("just now");
		assertThat(this.formats.ago(now.minusSeconds(130))).isEqualTo("2 min ago");
		assertThat(this.formats.ago(now.minusSeconds(2 * 3600 + 5))).isEqualTo("2 h ago");
		assertThat(this.formats.ago(now.minus(Duration.ofHours(25)))).isEqualTo("1 day ago");
		assertThat(this.formats.ago(now.minus(Duration.ofDays(3)))).isEqualTo("3 days ago");
	}

	@Test
	void whenPhaseThenWords() {
		assertThat(this.formats.phase(Phase.TIMED_OUT)).isEqualTo("Timed out");
		assertThat(this.formats.phase(Phase.UNDEFINED)).isEqualTo("Undefined");
	}

	@Test
	void whenTimeThenUtc() {
		assertThat(this.formats.time(Instant.parse("2026-03-01T09:05:07Z"))).isEqualTo("1 Mar 2026, 09:05:07 UTC");
	}

	private static ExecutionSummary execution(Phase phase, Instant startedAt, Duration duration) {
		return new ExecutionSummary("p", "d", "n", "w", "v", "l", phase, Instant.now(), startedAt, duration, "", null,
				new ExecutionSecurity(null, null, null, null, List.of(), List.of()), null);
	}

}
