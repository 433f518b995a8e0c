package io.flyteconnect.internal.configfile;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GoDurationTests {

	@ParameterizedTest
	@CsvSource({ "2m30s,PT2M30S", "0,PT0S", "1.5h,PT1H30M", ".5s,PT0.5S", "1.s,PT1S", "100ms,PT0.1S", "7us,PT0.000007S",
			"7\u00b5s,PT0.000007S", "7\u03bcs,PT0.000007S", "9ns,PT0.000000009S", "-5s,PT-5S", "+5s,PT5S",
			"1h1ms,PT1H0.001S" })
	void whenDurationOfGoThenRead(String text, Duration expected) {
		assertThat(GoDuration.parse(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "15", "s", "5 s", "5d", "5S", "1m30", "--1s", "PT5S", "9999999h" })
	void whenAnythingElseThenRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> GoDuration.parse(text));
	}

}
