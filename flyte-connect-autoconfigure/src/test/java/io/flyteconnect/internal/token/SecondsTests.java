package io.flyteconnect.internal.token;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SecondsTests {

	@ParameterizedTest
	@CsvSource({ "1,PT1S", "3600,PT1H", "3599.5,PT59M59.5S", "' 60 ',PT1M", "1e3,PT16M40S", "0.2,PT0.2S",
			"99999999999999,PT27777777777H46M39S" })
	void whenANumberIsPositiveThenItIsReadAsNumberAndAsText(String text, Duration duration) {
		assertThat(Seconds.of(text)).isEqualTo(duration);
		assertThat(Seconds.of(Double.valueOf(text.strip()))).isEqualTo(duration);
	}

	@Test
	void whenANumberIsHugeOrTinyThenItIsStillRead() {
		assertThat(Seconds.of(Long.MAX_VALUE)).hasSeconds(Long.MAX_VALUE);
		assertThat(Seconds.of(BigInteger.valueOf(Long.MAX_VALUE))).hasSeconds(Long.MAX_VALUE);
		assertThat(Seconds.of(1e-300)).isPositive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "0", "0.0", "-0", "-1", "-1e30", "1e30", "9223372036854775808",
			"99999999999999999999", "soon", "60s", "60d", "0x10", "1 0", "NaN", "Infinity", "-Infinity", "1e999999999",
			"1e-999999999", "1e99999999999" })
	void whenATextIsNoPositiveNumberThenItIsRefused(String text) {
		assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> Seconds.of(text));
	}

	static Stream<Object> nonsense() {
		return Stream.of(0, -1, 0L, 0.0, -0.0, 1e30, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
				BigInteger.ONE.shiftLeft(63), true, false, List.of(60), Map.of("seconds", 60), "1".repeat(100_000));
	}

	@ParameterizedTest
	@MethodSource("nonsense")
	void whenAValueIsNoPositiveNumberThenItIsRefused(Object value) {
		assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> Seconds.of(value));
	}

}
