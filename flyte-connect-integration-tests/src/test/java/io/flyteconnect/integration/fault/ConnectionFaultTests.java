package io.flyteconnect.integration.fault;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.ProjectOuterClass.ProjectRegisterRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.flyteconnect.integration.connection.Applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What callers of an application notice of faults between it and Flyte, how soon it is
 * well again, and that no write is done twice.
 */
@Tag("fault")
class ConnectionFaultTests {

	private static FaultyFlyte faulty;

	private long resentBefore;

	@BeforeAll
	static void start() {
		faulty = FaultyFlyte.start(FaultyFlyte.service(), Applications.create());
	}

	@AfterAll
	static void stop() {
		faulty.close();
	}

	@BeforeEach
	void warm() {
		version();
		this.resentBefore = faulty.resent();
	}

	@AfterEach
	void mend() {
		faulty.mend();
	}

	@Test
	void whenFlyteIsAwayForAWhileThenCallsSaySoAndSucceedOnceItIsBackAndNoWriteIsLostOrDoubled() throws Exception {
		int tokens = faulty.provider().issuedTokenCount();
		try (Load load = Load.start(faulty.flyte())) {
			faulty.way().shut();
			await("calls that fail")
				.untilAsserted(() -> assertThat(load.writeFailures()).as("%s", load).hasSizeGreaterThan(3));
			faulty.way().listen();
			Duration well = whenWell();
			load.goOn();
			load.stop();
			figures("Flyte restarts", load, well);
			assertThat(load.readFailures()).extracting(Status::getCode).allMatch(Code.UNAVAILABLE::equals);
			assertThat(load.writeFailures()).extracting(Status::getCode).containsOnly(Code.UNAVAILABLE);
			assertNoWriteIsLostOrDoubled(load);
		}
		assertThat(faulty.provider().issuedTokenCount()).as("tokens").isEqualTo(tokens);
	}

	@Test
	void whenAnotherServerWithOtherKeysTakesOverThenOneTokenRequestServesAll() throws Exception {
		try (Load load = Load.start(faulty.flyte())) {
			faulty.replaceServer(FaultyFlyte.service());
			Duration well = whenWell();
			load.goOn();
			load.stop();
			figures("signing keys rotated; old tokens refused", load, well);
			assertThat(load.readFailures()).extracting(Status::getCode).allMatch(Code.UNAVAILABLE::equals);
			assertThat(load.writeFailures()).extracting(Status::getCode).allMatch(Code.UNAVAILABLE::equals);
		}
		assertThat(faulty.provider().tokenRequestCount()).isOne();
		// The callers of the load, and the one that waits until all is well.
		assertThat(faulty.server().calls().refused()).as("each caller is refused once at most")
			.isBetween(1, Load.CALLERS + 1);
		assertThat(faulty.server().calls().outcomes(Code.ALREADY_EXISTS)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "at connect,-1", "before the server says anything,0", "within its first frame,9" })
	void whenConnectionIsResetAsItIsMadeThenAReadIsSentAgain(String phase, int bytes) {
		faulty.way().resetNext(1, bytes);
		faulty.way().reset();
		long start = System.nanoTime();
		version();
		FaultFigures.write("reset " + phase, 1, 0, resent(), since(start));
		assertThat(faulty.way().resetsLeft()).isZero();
		assertThat(resent()).isPositive();
	}

	@Test
	void whenConnectionIsResetBeforeTheHeadersOfAReadThenItIsSentAgain() {
		faulty.way().resetAfter(0);
		version();
		assertThat(resent()).isPositive();
	}

	@Test
	void whenConnectionIsResetWithinTheAnswerOfAReadThenTheCallerIsToldAndTheNextCallIsWell() {
		largeAnswers();
		faulty.way().resetAfter(30_000);
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(ConnectionFaultTests::projects)
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE));
		long start = System.nanoTime();
		assertThat(projects()).isGreaterThan(1000);
		FaultFigures.write("reset within an answer", 1, 1, resent(), since(start));
	}

	@Test
	void whenConnectionIsResetAfterTheRequestOfAWriteThenItIsDoneOnceAndTheCallerIsTold() throws Exception {
		int before = faulty.server().calls().count("RegisterProject");
		faulty.way().swallowAnswers();
		CompletableFuture<Void> write = CompletableFuture.runAsync(() -> register("written-once"));
		faulty.server().calls().awaitCalls("RegisterProject", before + 1, Duration.ofSeconds(30));
		faulty.way().reset();
		assertThat(write).failsWithin(30, TimeUnit.SECONDS)
			.withThrowableThat()
			.havingRootCause()
			.withMessageContaining("reset");
		long start = System.nanoTime();
		version();
		FaultFigures.write("reset after the request of a write", 1, 1, resent(), since(start));
		assertThat(faulty.server().calls().count("RegisterProject")).isEqualTo(before + 1);
		assertThat(faulty.server().calls().outcomes(Code.ALREADY_EXISTS)).isZero();
	}

	@Test
	void whenAnswersComeSlowlyThenTheDeadlineEndsTheCallAndTheConnectionIsKept() {
		largeAnswers();
		int connections = faulty.way().accepted();
		faulty.way().slow(5_000);
		assertThatExceptionOfType(StatusRuntimeException.class)
			.isThrownBy(() -> faulty.flyte()
				.withDeadline(Duration.ofSeconds(1))
				.blocking()
				.listProjects(ProjectListRequest.getDefaultInstance()))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED));
		faulty.way().slow(0);
		long start = System.nanoTime();
		version();
		FaultFigures.write("slow reader", 1, 1, resent(), since(start));
		assertThat(faulty.way().accepted()).isEqualTo(connections);
	}

	@Test
	void whenPacketsAreSwallowedThenOneDeadlineIsLostAndNoWriteIsDoneTwice() {
		faulty.way().swallow();
		assertThatExceptionOfType(StatusRuntimeException.class)
			.isThrownBy(() -> faulty.flyte()
				.withDeadline(Duration.ofMillis(1500))
				.blocking()
				.getVersion(GetVersionRequest.getDefaultInstance()))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED));
		long start = System.nanoTime();
		version();
		FaultFigures.write("half-open connection", 1, 1, resent(), since(start));
	}

	private static void largeAnswers() {
		if (projects() < 1000) {
			for (int i = 0; i < 1000; i++) {
				faulty.server().admin().addProject("project-with-a-name-that-takes-some-room-" + i);
			}
		}
	}

	private static void version() {
		faulty.flyte().blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	private static int projects() {
		return faulty.flyte()
			.blocking()
			.listProjects(ProjectListRequest.newBuilder().setLimit(2000).build())
			.getProjectsCount();
	}

	private static void register(String name) {
		faulty.flyte()
			.blocking()
			.registerProject(ProjectRegisterRequest.newBuilder()
				.setProject(Project.newBuilder().setId(name).setName(name))
				.build());
	}

	// From now until a call succeeds.
	private static Duration whenWell() {
		long start = System.nanoTime();
		await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5)).until(() -> {
			try {
				version();
				return true;
			}
			catch (StatusRuntimeException ex) {
				return false;
			}
		});
		return since(start);
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private long resent() {
		return faulty.resent() - this.resentBefore;
	}

	private void figures(String fault, Load load, Duration well) {
		FaultFigures.write(fault, load.made(), load.failed(), resent(), well);
	}

	private static void assertNoWriteIsLostOrDoubled(Load load) {
		assertThat(faulty.server().calls().outcomes(Code.ALREADY_EXISTS)).as("doubled").isZero();
		assertThat(faulty.flyte()
			.blocking()
			.listProjects(ProjectListRequest.newBuilder().setLimit(100_000).build())
			.getProjectsList()
			.stream()
			.map(Project::getId)
			.collect(Collectors.toSet())).as("acknowledged and there").containsAll(load.written());
	}

}
