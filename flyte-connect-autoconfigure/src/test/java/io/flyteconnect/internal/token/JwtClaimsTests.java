package io.flyteconnect.internal.token;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JwtClaimsTests {

	@Test
	void whenTheTokenIsAJwtThenItsExpIsRead() {
		assertThat(JwtClaims.expiry(jwt("{\"sub\":\"x\",\"exp\":1767225600}")))
			.isEqualTo(Instant.ofEpochSecond(1767225600));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"1893456000\"", "\" 1893456000 \"", "1893456000.0", "1.893456e9", "\"1893456000.5\"" })
	void whenTheTimeIsATextOrAFractionThenItIsReadAsOtherTimesAre(String exp) {
		assertThat(JwtClaims.expiry(jwt("{\"exp\":" + exp + "}"))).isBetween(Instant.ofEpochSecond(1893456000),
				Instant.ofEpochSecond(1893456001));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-5", "-0.5", "\"0\"", "\"-1\"", "1e30", "-1e30", "18446744073709551616",
			"9223372036854775807", "-9223372036854775808", "true", "[1893456000]", "\"\"" })
	void whenTheTimeMakesNoSenseThenThereIsNone(String exp) {
		assertThat(JwtClaims.expiry(jwt("{\"exp\":" + exp + "}"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 20, 64, 65, 900 })
	void whenTheTimeHasVeryManyDigitsThenThereIsNone(int zeros) {
		assertThat(JwtClaims.expiry(jwt("{\"exp\":1" + "0".repeat(zeros) + "}"))).isNull();
		assertThat(JwtClaims.expiry(jwt("{\"exp\":-1" + "0".repeat(zeros) + "}"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"exp\":\"soon\"}", "[1]", "not json", "{\"exp\":99999999999999999999999}" })
	void whenTheClaimsNameNoTimeThenThereIsNone(String claims) {
		Instant expiry = JwtClaims.expiry(jwt(claims));
		assertThat(expiry == null || expiry.isAfter(Instant.parse("9999-01-01T00:00:00Z"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "opaque", "a.b", "a.b.c.d", "..", "a.%%%.c", "a.e30.c" })
	void whenTheTokenIsNoJwtThenThereIsNone(String token) {
		assertThat(JwtClaims.expiry(token)).isNull();
	}

	static String jwt(String claims) {
		Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
		return encoder.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
				+ encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
	}

}
