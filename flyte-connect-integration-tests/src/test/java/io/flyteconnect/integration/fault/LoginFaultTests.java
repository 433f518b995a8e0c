package io.flyteconnect.integration.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.integration.connection.Applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Callers that are interrupted, or whose application is closed, while they wait for a
 * login.
 */
@Tag("fault")
class LoginFaultTests {

	private static final int CALLERS = 256;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final List<StatusRuntimeException> failures = new CopyOnWriteArrayList<>();

	private final List<Boolean> interrupted = new CopyOnWriteArrayList<>();

	@Test
	void whenAllCallersAreInterruptedInALoginThenEachIsToldAndTheLoginServesTheNextCall() throws Exception {
		try (FaultyFlyte faulty = FaultyFlyte.start(FaultyFlyte.service(),
				Applications.create().property("flyte.credentials.request-timeout", "30s"))) {
			faulty.provider().delay(Duration.ofSeconds(6));
			List<Thread> callers = startCallers(faulty.flyte());
			await().atMost(PATIENCE).until(() -> faulty.provider().tokenRequestCount() == 1 && allWait(callers));
			callers.forEach(Thread::interrupt);
			awaitEnd(callers);
			assertThat(this.failures).hasSize(CALLERS)
				.extracting((ex) -> ex.getStatus().getCode())
				.containsOnly(Code.CANCELLED);
			assertThat(this.interrupted).as("still interrupted").hasSize(CALLERS).containsOnly(true);
			long start = System.nanoTime();
			call(faulty.flyte());
			FaultFigures.write("256 threads interrupted in a login", CALLERS, CALLERS, 0,
					Duration.ofNanos(System.nanoTime() - start));
			assertThat(faulty.provider().tokenRequestCount()).as("token requests").isOne();
			assertThat(faulty.server().calls().count("ListProjects")).isOne();
		}
	}

	@Test
	void whenTheApplicationIsClosedInALoginThenEachCallerIsToldAndNoThreadIsLeft() throws Exception {
		List<String> before = threads();
		try (FaultyFlyte faulty = FaultyFlyte.start(FaultyFlyte.service(),
				Applications.create().property("flyte.channel.shutdown-grace-period", "100ms"))) {
			faulty.tokenWay().swallowNew(true);
			List<Thread> callers = startCallers(faulty.flyte());
			await().atMost(PATIENCE).until(() -> faulty.tokenWay().accepted() == 1 && allWait(callers));
			faulty.context().close();
			awaitEnd(callers);
			assertThat(this.failures).hasSize(CALLERS);
			assertThat(this.failures).extracting((ex) -> ex.getStatus().getCode())
				.allMatch((code) -> code == Code.CANCELLED || code == Code.UNAVAILABLE);
			await().until(() -> faulty.tokenWay().open() == 0 && faulty.way().open() == 0);
		}
		await("threads of the application end").atMost(Duration.ofSeconds(30))
			.until(() -> before.containsAll(threads()));
	}

	private List<Thread> startCallers(FlyteAdminStub flyte) {
		List<Thread> callers = IntStream.range(0, CALLERS)
			.mapToObj((i) -> new Thread(null, () -> callNoting(flyte), "caller-" + i, 256 * 1024))
			.toList();
		callers.forEach(Thread::start);
		return callers;
	}

	private void callNoting(FlyteAdminStub flyte) {
		try {
			call(flyte);
		}
		catch (StatusRuntimeException ex) {
			this.interrupted.add(Thread.currentThread().isInterrupted());
			this.failures.add(ex);
		}
	}

	private static void call(FlyteAdminStub flyte) {
		flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance());
	}

	private static boolean allWait(List<Thread> threads) {
		return threads.stream()
			.map(Thread::getState)
			.allMatch((state) -> state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING);
	}

	private static void awaitEnd(List<Thread> threads) throws InterruptedException {
		for (Thread thread : threads) {
			thread.join(Duration.ofSeconds(60).toMillis());
			assertThat(thread.isAlive()).as("%s", thread.getName()).isFalse();
		}
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("flyte-"))
			.toList();
	}

}
