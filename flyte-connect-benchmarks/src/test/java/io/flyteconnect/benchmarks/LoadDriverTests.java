package io.flyteconnect.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import flyteidl.service.AdminServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
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
	void whenAnotherClusterIsDownThenBothPhasesAreMeasuredAndNoCallFails() throws Exception {
		assertThat(run("--mode=clusters", "--concurrency=2", "--seconds=0.2", "--rounds=2", "--warmup=0.1",
				"--flyte.connections.down.platform.url=localhost:1", "--flyte.connections.down.platform.insecure=true"))
			.isZero();
		assertThat(lines("phase")).extracting((line) -> line.get("phase"))
			.containsExactly("alone/0", "beside/0", "alone/1", "beside/1");
		assertThat(phases()).containsExactlyInAnyOrder("alone/0", "beside/0", "down/0", "alone/1", "beside/1",
				"down/1");
		assertThat(samples()).allSatisfy(
				(sample) -> assertThat(sample.code().equals("OK")).isNotEqualTo(sample.phase().startsWith("down/")));
		assertThat(lines("done").get(0).get("errors")).isEqualTo(List.of());
		assertThat(this.server.identityProvider().tokenRequestCount()).isEqualTo(1);
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
		this.server.behaviour().failNext("GetVersion", 1000, Status.FAILED_PRECONDITION.withDescription("not \"you\""));
		assertThat(run("--mode=steady", "--rate=20", "--seconds=0.5")).isZero();
		assertThat(samples()).hasSize(10)
			.allSatisfy((sample) -> assertThat(sample.code()).isEqualTo("FAILED_PRECONDITION"));
		assertThat(lines("done").get(0).get("errors")).isEqualTo(List.of("FAILED_PRECONDITION: not \"you\""));
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
		try (FlyteTestServer tls = FlyteTestServer.builder().tls().start();
				FlyteTestServer login = FlyteTestServer.builder()
					.tls()
					.clientCredentials("load", "load-secret")
					.authorizationHeader("authorization")
					.start()) {
			for (FlyteTestServer each : List.of(tls, login)) {
				assertThat(run("--mode=throughput", "--seconds=0.2", "--rounds=1",
						"--variants=" + ((each == login) ? "bearer,auth" : "raw,auth"), "--grpc=" + each.endpoint(),
						"--grpc-open=" + each.endpoint(), "--ca=" + each.caCertificate()))
					.isZero();
				assertThat(phases()).hasSize(2);
				assertThat(samples()).allSatisfy((sample) -> assertThat(sample.code()).isEqualTo("OK"));
				this.output.reset();
			}
		}
	}

	@Test
	void whenNoAnswerComesThenCallsEndAtTheirDeadline() throws Exception {
		this.server.behaviour().delay("GetVersion", Duration.ofSeconds(20));
		assertThat(run("--mode=coldstart", "--concurrency=3", "--timeout-ms=400", "--http=http://localhost:1"))
			.isZero();
		assertThat(samples()).hasSize(3).allSatisfy((sample) -> {
			assertThat(sample.code()).isEqualTo("DEADLINE_EXCEEDED");
			assertThat(Duration.ofNanos(sample.end() - sample.start())).isGreaterThanOrEqualTo(Duration.ofMillis(399));
		});
	}

	@Test
	void whenACallNeverEndsThenItIsWrittenDownAsHung() throws Exception {
		Outcomes outcomes = new Outcomes(2);
		outcomes.started(0, 1);
		outcomes.started(1, 2);
		outcomes.ended(1, "OK");
		long start = System.nanoTime();
		// Five seconds more than the deadline.
		outcomes.await(Duration.ofMillis(-4800));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(199));
		Samples samples = new Samples();
		outcomes.addTo(samples.log("cold"));
		samples.write(this.folder.resolve("samples.csv"));
		assertThat(samples()).first().isEqualTo(new Sample("cold", 1, -1, "HUNG"));
		assertThat(samples()).last().satisfies((sample) -> assertThat(sample.code()).isEqualTo("OK"));
	}

	@Test
	void whenTheClientItselfFailsThenThatIsAPanic() {
		LoadReport report = new LoadReport(new PrintStream(this.output, true, StandardCharsets.UTF_8));
		try (Caller caller = new Caller(AdminServiceGrpc.newBlockingStub(new BrokenChannel()), Duration.ofSeconds(1),
				report, () -> {
				})) {
			assertThat(caller.call()).isEqualTo("PANIC");
		}
		report.done();
		assertThat(lines("done").get(0).get("errors")).isEqualTo(List.of("java.lang.IllegalStateException: broken"));
	}

	private int run(String... flags) {
		List<String> all = new ArrayList<>(
				List.of("--grpc=" + this.server.endpoint(), "--grpc-open=" + this.open.endpoint(), "--client-id=load",
						"--client-secret=load-secret", "--samples=" + this.folder.resolve("samples.csv")));
		all.addAll(Arrays.asList(flags));
		LoadReport report = new LoadReport(new PrintStream(this.output, true, StandardCharsets.UTF_8));
		int code = new LoadDriver(report).run(all.toArray(String[]::new));
		assertThat(lines("hello")).singleElement().satisfies((line) -> {
			assertThat(line).containsEntry("client", "java").containsKey("version");
			assertThat(line.get("version").toString()).isNotBlank();
			assertThat(line.get("runtime").toString()).startsWith("java ").contains(" grpc-java 1.");
		});
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

	private static final class BrokenChannel extends Channel {

		@Override
		public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
			throw new IllegalStateException("broken");
		}

		@Override
		public String authority() {
			return "broken";
		}

	}

	private record Sample(String phase, long start, long end, String code) {

	}

}
