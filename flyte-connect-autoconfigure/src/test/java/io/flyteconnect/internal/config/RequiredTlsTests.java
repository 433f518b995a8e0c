package io.flyteconnect.internal.config;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.config.TlsSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@ExtendWith(OutputCaptureExtension.class)
class RequiredTlsTests {

	@ParameterizedTest
	@CsvSource({ "platform.insecure,true,flyte.platform.insecure",
			"credentials.allow-insecure-token-url,true,flyte.credentials.allow-insecure-token-url",
			"credentials.token-url,http://localhost:8080/token,flyte.credentials.token-url" })
	void whenTlsIsRequiredThenNoSettingMayAllowPlaintext(String name, String value, String property) {
		Map<String, String> settings = Map.of("flyte.platform.url", "localhost:30080", "flyte." + name, value);
		assertThatNoException().isThrownBy(() -> builder(settings).build());
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> builder(settings).property("flyte.platform.require-tls", true).build())
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo(property);
				assertThat(ex.getReason()).contains("plaintext", "flyte.platform.require-tls");
				assertThat(ex.getAction()).contains("flyte.platform.require-tls");
			});
	}

	@Test
	void whenASettingIsChangedByCodeThenTlsIsStillRequired() {
		PlatformConfig config = builder(
				Map.of("flyte.platform.url", "flyte.example.com:443", "flyte.platform.require-tls", "true"))
			.build();
		PlatformConfig other = builder(Map.of("flyte.platform.url", "flyte.example.com:443",
				"flyte.credentials.allow-insecure-token-url", "true"))
			.build();
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> config.withCredentials(other.credentials()))
			.satisfies((ex) -> assertThat(ex.getReason()).contains("flyte.platform.require-tls"));
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> config.withTls(new TlsSettings(true, false, null, null, Duration.ofSeconds(30), true)))
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.platform.insecure"));
		assertThat(config.withTls(new TlsSettings(false, false, null, null)).tls().requireTls()).isTrue();
		assertThat(config.withEndpoint("other.example.com:443").tls().requireTls()).isTrue();
	}

	@Test
	void whenTlsIsRequiredAndUsedThenTheConnectionIsMade() {
		PlatformConfig config = builder(Map.of("flyte.platform.url", "https://flyte.example.com",
				"flyte.platform.require-tls", "true", "flyte.credentials.token-url", "HTTPS://idp.example.com/token"))
			.build();
		assertThat(config.tls().requireTls()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte.example.com:80", "flyteadmin.flyte:81", "10.0.0.1:30080", "[2001:db8::1]:81" })
	void whenANetworkIsCrossedInPlaintextThenThatIsWarnedOfOnce(String endpoint, CapturedOutput output) {
		PlatformConfig.builder().name("staging").endpoint(endpoint).insecure(true).build();
		assertThat(output).containsOnlyOnce("Flyte connection 'staging' calls " + endpoint
				+ " in plaintext, as flyte.platform.insecure says: anyone in between");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:30080", "127.0.0.1:30080", "[::1]:30080", "unix:/run/flyte.sock" })
	void whenNoNetworkIsCrossedThenPlaintextIsNotWarnedOf(String endpoint, CapturedOutput output) {
		PlatformConfig.builder().endpoint(endpoint).insecure(true).build();
		PlatformConfig.builder().endpoint("flyte.example.com:443").build();
		assertThat(output).doesNotContain("in plaintext");
	}

	private static PlatformConfigBuilder builder(Map<String, String> settings) {
		PlatformConfigBuilder builder = PlatformConfig.builder().clientCredentials("service", "s3cret");
		settings.forEach(builder::property);
		return builder;
	}

}
