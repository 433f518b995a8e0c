package io.flyteconnect.internal.config.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link PlaintextUrl}, and for the token endpoint that is configured.
 */
class PlaintextUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://idp.example.com/token", "HTTPS://idp.example.com/token",
			"http://localhost:8080/token", "http://LOCALHOST/token", "http://idp.localhost/token",
			"http://127.0.0.1:8080/token", "http://127.9.9.9/token", "http://[::1]:8080/token",
			"http://[0:0:0:0:0:0:0:1]/token", "http://[::ffff:127.0.0.1]/token" })
	void whenNobodyElseReadsItThenTheAddressIsSafe(String url) {
		assertThat(PlaintextUrl.isSafe(url)).isTrue();
		assertThatNoException().isThrownBy(() -> tokenUrl(url, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://idp.example.com/token", "HTTP://idp.example.com/token", "http://10.0.0.1/token",
			"http://0.0.0.0/token", "http://localhost.example.com/token", "http://127.0.0.1.example.com/token",
			"http://1270.0.0.1/token", "http://[::2]/token", "http://localhost@idp.example.com/token",
			"//idp.example.com/token", "idp.example.com/token", "ftp://idp.example.com/token",
			"http://idp example/token", "" })
	void whenOthersCanReadItThenTheAddressIsNotSafe(String url) {
		assertThat(PlaintextUrl.isSafe(url)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://idp.example.com/token", "http://10.0.0.1:80/token",
			"http://localhost.example.com/token" })
	void whenTheConfiguredTokenEndpointIsReadableForOthersThenTheStartupStops(String url) {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(() -> tokenUrl(url, false))
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo("flyte.credentials.token-url");
				assertThat(ex.getReason()).contains(url).contains("plain HTTP");
				assertThat(ex.getAction()).contains("flyte.credentials.allow-insecure-token-url=true");
			});
		assertThatNoException().isThrownBy(() -> tokenUrl(url, true));
		assertThatNoException().isThrownBy(() -> PlatformConfig.builder()
			.insecure(true)
			.clientCredentials("id", "s3cret")
			.property("flyte.credentials.token-url", url)
			.build());
	}

	private static PlatformConfig tokenUrl(String url, boolean allowed) {
		return PlatformConfig.builder()
			.endpoint("flyte.example.com:443")
			.clientCredentials("id", "s3cret")
			.apply((all) -> {
				all.property("flyte.credentials.token-url", url);
				all.property("flyte.credentials.allow-insecure-token-url", allowed);
			})
			.build();
	}

}
