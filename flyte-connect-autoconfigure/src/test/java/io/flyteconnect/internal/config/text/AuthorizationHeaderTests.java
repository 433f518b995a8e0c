package io.flyteconnect.internal.config.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AuthorizationHeader}.
 */
class AuthorizationHeaderTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "authorization", "flyte-authorization", "Flyte-Authorization", " x_y.z-1 ", "x-te", "grpcx" })
	void whenATokenCanBeSentUnderItThenAKeyIsInLowerCase(String key) {
		assertThat(AuthorizationHeader.problem(key)).isNull();
		assertThat(AuthorizationHeader.key(key)).isEqualTo(key.strip().toLowerCase());
	}

	@ParameterizedTest
	@ValueSource(strings = { "host", "TE", "user-agent", "content-type", "grpc-timeout", "grpc-encoding", "connection",
			"transfer-encoding", "Upgrade", "content-length" })
	void whenGrpcKeepsItForItselfThenThatIsSaid(String key) {
		assertThat(AuthorizationHeader.problem(key)).contains("keeps for itself");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfig.builder().property("flyte.credentials.authorization-header", key).build())
			.withMessageContaining("flyte.credentials.authorization-header");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ":path", "a b", "a\rb", "a\nb", "\u00e4", "a:b", "x-bin", "X-BIN", "\u212aey" })
	void whenItIsNoKeyOfTextThenThatIsSaid(String key) {
		assertThat(AuthorizationHeader.problem(key)).contains("is no metadata key");
	}

}
