package io.flyteconnect.internal.execution;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BackOffTests {

	@Test
	void whenPausesGoOnThenTheyDoubleUpToTheLongest() {
		assertThat(BackOff.POLLING.pause(1, 0)).isEqualTo(Duration.ofSeconds(1));
		assertThat(BackOff.POLLING.pause(2, 0)).isEqualTo(Duration.ofSeconds(2));
		assertThat(BackOff.POLLING.pause(4, 0)).isEqualTo(Duration.ofSeconds(8));
		assertThat(BackOff.POLLING.pause(5, 0)).isEqualTo(Duration.ofSeconds(10));
		assertThat(BackOff.POLLING.pause(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void whenPauseIsVariedThenItIsAFifthShorterAtMost() {
		assertThat(BackOff.POLLING.pause(1, 0.5)).isEqualTo(Duration.ofMillis(900));
		assertThat(BackOff.POLLING.pause(1, 1)).isEqualTo(Duration.ofMillis(800));
	}

	@Test
	void whenPausesMeanNothingThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)))
			.withMessageStartingWith("'first'");
		assertThatIllegalArgumentException().isThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
			.withMessageStartingWith("'longest'");
	}

}
