package io.flyteconnect.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.json.JsonParserFactory;

import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The driver contract, line by line, against a server in this JVM.
 */
class LoadDriverTests {

	private final FlyteTestServer server = FlyteTestServer.builder()
		.clientCredentials("load", "load-secret")
		.authorizationHeader("authorization")
		.start();

	private final FlyteTestServer open = FlyteTestServer.start();

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	@TempDir
	private Path folder;

	@AfterEach
	void stop() {
		this.server.close();
		this.open.close();
	}

	@Test
	void whenThroughputIsMeasuredThenEachVariantHasItsRounds() throws Exception {
		assertThat(run("--mode=throughput", "--concurrency=2", "--seconds=0.3", "--rounds=2", "--warmup=0.1")).isZero();
		assertThat(lines("phase")).extracting((line) -> line.get("phase"))
			.containsExactly("raw/0", "bearer/0", "auth/0", "raw/1", "bearer/1", "auth/1");
		assertThat(lines("phase")).allSatisfy((line) -> {
			assertThat((Long) line.get("t1_ns")).isGreaterThan((Long) line.get("t0_ns"));
			assertThat(((Number) line.get("cpu_us")).longValue()).isPositive();
		});
		assertThat(samples()).allSatisfy((sample) -> assertThat(sample.code()).isEqualTo("OK"));
		assertThat(phases()).containsExactlyInAnyOrder("raw/0", "bearer/0", "auth/0", "raw/1", "bearer/1", "auth/1");
		assertThat(this.open.calls().count("GetVersion")).isPositive();
		// One token by hand, one by the client under test.
		assertThat(this.server.identityProvider().tokenRequestCount()).isEqualTo(2);
	}

	@Test
	void whenVariantsAreNamedThenOnlyTheyRun() throws Exception {
		assertThat(run("--mode=throughput", "--seconds=0.2", "--rounds=1", "--variants=auth")).isZero();
		assertThat(phases()).containsExactly("auth/0");
	}

	@Test
	void whenColdStartIsMeasuredThenEachCallerMakesOneCall() throws Exception {
		assertThat(run("--mode=coldstart", "--concurrency=20")).isZero();
		assertThat(lines("phase")).singleElement().satisfies((line) -> {
			assertThat(line.get("phase")).isEqualTo("cold");
			assertThat(samples()).hasSize(20).allSatisfy((sample) -> {
				assertThat(sample.phase()).isEqualTo("cold");
				assertThat(sample.code()).isEqualTo("OK");
				assertThat(sample.start()).isGreaterThanOrEqualTo((Long) line.get("t0_ns"));
				assertThat(sample.end()).isBetween(sample.start(), (Long) line.get("t1_ns"));
			});
		});
		assertThat(this.server.identityProvider().tokenRequestCount()).isEqualTo(1);
	}

	@Test
	void whenAColdStartIsRehearsedThenTheServerSeesNothingOfIt() throws Exception {
		assertThat(run("--mode=coldstart", "--concurrency=3", "--warmup=0.1")).isZero();
		assertThat(samples()).hasSize(3).allSatisfy((sample) -> assertThat(sample.code()).isEqualTo("OK"));
		assertThat(lines("done").get(0).get("errors")).isEqualTo(List.of());
		assertThat(this.server.calls().count("GetVersion")).isEqualTo(3);
		assertThat(this.server.identityProvider().tokenRequestCount()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "steady", "expiry", "revoke" })
	void whenLoadIsSteadyThenCallsLeaveAtTheirPlannedTimes(String mode) throws Exception {
		assertThat(run("--mode=" + mode, "--rate=50", "--seconds=1")).isZero();
		long t0 = (Long) lines("start").get(0).get("t0_ns");
		assertThat(lines("phase")).extracting((line) -> line.get("phase")).containsExactly("steady");
		List<Sample> samples = samples();
		assertThat(samples).hasSize(50);
		for (int i = 0; i < 50; i++) {
			assertThat(samples.get(i).start()).isEqualTo(t0 + i * 20_000_000L);
			assertThat(samples.get(i).code()).isEqualTo("OK");
		}
		// The first call is made before the load begins.
		assertThat(this.server.calls().count("GetVersion")).isEqualTo(51);
	}

	@Test
	void whenCallsFailThenSamplesHaveTheirCodesAndTheReportTheirTexts() throws Exception {
		this.server.behaviour().failNext("GetVersion", 1000, Status.PERMISSION_DENIED.withDescription("not \"you\""));
		assertThat(run("--mode=steady", "--rate=20", "--seconds=0.5")).isZero();
		assertThat(samples()).hasSize(10)
			.allSatisfy((sample) -> assertThat(sample.code()).isEqualTo("PERMISSION_DENIED"));
		assertThat(lines("done").get(0).get("errors")).isEqualTo(List.of("PERMISSION_DENIED: not \"you\""));
	}

	@Test
	void whenAFlagIsGivenTwiceThenTheLastOneWins() throws Exception {
		assertThat(run("--mode=steady", "--rate=1000", "--seconds=9", "--rate=10", "--seconds=0.5")).isZero();
		assertThat(samples()).hasSize(5);
	}

	@Test
	void whenAFlagIsUnknownThenTheDriverGivesUp() throws Exception {
		assertThat(run("--speed=11")).isEqualTo(1);
		assertThat(lines("error").get(0).get("text").toString()).contains("--speed");
		assertThat(lines("done")).isEmpty();
	}

	@Test
	void whenTheServerSpeaksTlsThenTheCertificateIsTrustedByAllVariants() throws Exception {
		try (FlyteTestServer tls = FlyteTestServer.builder().tls().start()) {
			assertThat(run("--mode=throughput", "--seconds=0.2", "--rounds=1", "--variants=raw,auth",
					"--grpc=" + tls.endpoint(), "--grpc-open=" + tls.endpoint(), "--ca=" + tls.caCertificate()))
				.isZero();
			assertThat(samples()).isNotEmpty().allSatisfy((sample) -> assertThat(sample.code()).isEqualTo("OK"));
		}
	}

	private int run(String... flags) {
		List<String> all = new ArrayList<>(
				List.of("--grpc=" + this.server.endpoint(), "--grpc-open=" + this.open.endpoint(), "--client-id=load",
						"--client-secret=load-secret", "--samples=" + this.folder.resolve("samples.csv")));
		all.addAll(Arrays.asList(flags));
		LoadReport report = new LoadReport(new PrintStream(this.output, true, StandardCharsets.UTF_8));
		int code = new LoadDriver(report).run(all.toArray(String[]::new));
		assertThat(lines("hello")).singleElement()
			.satisfies((line) -> assertThat(line.get("runtime").toString()).contains("grpc-java 1."));
		return code;
	}

	private List<Map<String, Object>> lines(String type) {
		return this.output.toString(StandardCharsets.UTF_8)
			.lines()
			.map((line) -> JsonParserFactory.getJsonParser().parseMap(line))
			.filter((line) -> type.equals(line.get("type")))
			.toList();
	}

	private List<Sample> samples() throws Exception {
		return Files.readAllLines(this.folder.resolve("samples.csv"))
			.stream()
			.map((line) -> line.split(","))
			.map((parts) -> new Sample(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]))
			.toList();
	}

	private Set<String> phases() throws Exception {
		return samples().stream().map(Sample::phase).collect(Collectors.toSet());
	}

	private record Sample(String phase, long start, long end, String code) {

	}

}
