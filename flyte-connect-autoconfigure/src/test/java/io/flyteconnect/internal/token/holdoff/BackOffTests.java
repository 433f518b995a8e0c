package io.flyteconnect.internal.token.holdoff;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BackOffTests {

	@ParameterizedTest
	@CsvSource({ "1,1000", "2,2000", "3,4000", "4,8000", "5,16000", "6,30000", "7,30000", "1000000,30000" })
	void whenFailuresArePermanentThenThePauseGrowsToHalfAMinute(int failures, long millis) {
		assertThat(BackOff.PERMANENT.pause(failures, () -> 1)).isEqualTo(Duration.ofMillis(millis));
	}

	@ParameterizedTest
	@CsvSource({ "1,100", "2,200", "3,400", "4,800", "5,1000", "1000000,1000" })
	void whenFailuresAreTransientThenThePauseStaysShort(int failures, long millis) {
		assertThat(BackOff.TRANSIENT.pause(failures, () -> 1)).isEqualTo(Duration.ofMillis(millis));
	}

	@Test
	void whenJitterIsDrawnThenThePauseIsAtLeastHalfOfTheNominalOne() {
		assertThat(BackOff.PERMANENT.pause(3, () -> 0)).isEqualTo(Duration.ofSeconds(2));
		assertThat(BackOff.PERMANENT.pause(3, () -> 0.5)).isEqualTo(Duration.ofSeconds(3));
	}

}
