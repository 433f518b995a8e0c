package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.InvalidFlyteConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The map that is handed to gRPC.
 */
class ServiceConfigsTests {

	private final TestConnection connection = TestConnection.to(1);

	@ParameterizedTest
	@CsvSource({ "PT0.001S, 0.001000000s", "PT0.05S, 0.050000000s", "PT0.2S, 0.200000000s", "PT1S, 1.000000000s",
			"PT90.000000001S, 90.000000001s" })
	void whenDurationIsWrittenThenItHasNineDigits(Duration duration, String text) {
		assertThat(RetryPolicy.text(duration)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({ "PT8S, 0.200000000s, 8.000000000s", "PT0.2S, 0.200000000s, 0.200000000s",
			"PT0.05S, 0.050000000s, 0.050000000s" })
	void whenLongestPauseIsSetThenTheFirstOneIsNotLonger(Duration longest, String initial, String max) {
		this.connection.maxBackoffDelay = longest;
		assertThat(retryPolicy()).containsEntry("initialBackoff", initial).containsEntry("maxBackoff", max);
	}

	@Test
	void whenRetriesAreSetThenAttemptsAreOneMore() {
		this.connection.maxRetries = 1;
		assertThat(retryPolicy()).containsEntry("maxAttempts", 2.0);
	}

	@Test
	void whenRetriesAreOffThenThereIsNoServiceConfig() {
		this.connection.maxRetries = 0;
		assertThat(ServiceConfigs.of(this.connection.settings())).isEmpty();
	}

	@Test
	void whenJsonIsGivenThenItsNumbersAreTheDoublesThatGrpcTakes() {
		this.connection.serviceConfig = """
				{"retryThrottling": {"maxTokens": 10, "tokenRatio": 0.5}, "loadBalancingConfig": [{"round_robin": {}}],
				 "methodConfig": [{"name": [{}], "waitForReady": true, "timeout": "1.5s"}], "unset": null}""";
		assertThat(ServiceConfigs.of(this.connection.settings()))
			.isEqualTo(Map.of("retryThrottling", Map.of("maxTokens", 10.0, "tokenRatio", 0.5), "loadBalancingConfig",
					List.of(Map.of("round_robin", Map.of())), "methodConfig",
					List.of(Map.of("name", List.of(Map.of()), "waitForReady", true, "timeout", "1.5s"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "methodConfig", "[]", "{\"methodConfig\": [", "{\"methodConfig\": []} x", "12" })
	void whenTextIsNoJsonObjectThenThePropertyIsNamed(String text) {
		this.connection.serviceConfig = text;
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(this.connection::channel)
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.channel.service-config"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"methodConfig\": 12}", "{\"methodConfig\": [{\"name\": [{}], \"timeout\": \"soon\"}]}",
			"{\"methodConfig\": [{\"name\": [{}], \"retryPolicy\": {\"maxAttempts\": 1}}]}",
			"{\"loadBalancingConfig\": [{\"by_weather\": {}}]}" })
	void whenJsonIsNoServiceConfigThenThePropertyIsNamed(String json) {
		this.connection.serviceConfig = json;
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(this.connection::channel)
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.channel.service-config"));
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> retryPolicy() {
		Map<String, Object> config = ServiceConfigs.of(this.connection.settings());
		List<Map<String, Map<String, Object>>> methodConfigs = (List<Map<String, Map<String, Object>>>) Objects
			.requireNonNull(config.get("methodConfig"));
		return Objects.requireNonNull(methodConfigs.get(0).get("retryPolicy"));
	}

}
