package io.flyteconnect.benchmarks.jmh;

import java.io.IOException;

import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnaryReadBenchmark}: that what it measures is a read.
 */
class UnaryReadBenchmarkTests {

	@ParameterizedTest
	@ValueSource(strings = { "no-deadline", "bearer", "starter" })
	void whenAClientReadsThenTheServerAnswers(String client) throws IOException {
		UnaryReadBenchmark benchmark = new UnaryReadBenchmark();
		benchmark.client = client;
		benchmark.start();
		try {
			assertThat(benchmark.read()).isEqualTo(GetVersionResponse.getDefaultInstance());
		}
		finally {
			benchmark.stop();
		}
	}

}
