package io.flyteconnect.integration.fault;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.ProjectOuterClass.ProjectRegisterRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import io.flyteconnect.FlyteAdminStub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Threads that go on reading and writing, each write under a name of its own, and what
 * became of each call.
 */
final class Load implements AutoCloseable {

	private static final int READERS = 6;

	private static final int WRITERS = 2;

	static final int CALLERS = READERS + WRITERS;

	private static final int PATIENCE_SECONDS = 60;

	private static final AtomicInteger LOADS = new AtomicInteger();

	private final FlyteAdminStub flyte;

	private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);

	private final AtomicInteger made = new AtomicInteger();

	private final AtomicInteger reads = new AtomicInteger();

	private final Set<String> written = ConcurrentHashMap.newKeySet();

	private final Queue<Status> readFailures = new ConcurrentLinkedQueue<>();

	private final Queue<Status> writeFailures = new ConcurrentLinkedQueue<>();

	private volatile boolean stopped;

	private Load(FlyteAdminStub flyte) {
		this.flyte = flyte;
	}

	static Load start(FlyteAdminStub flyte) {
		Load load = new Load(flyte);
		int number = LOADS.incrementAndGet();
		for (int i = 0; i < READERS; i++) {
			load.threads.execute(() -> load.loop(load.readFailures, load::read));
		}
		for (int i = 0; i < WRITERS; i++) {
			String prefix = "writer-" + number + "-" + i + "-";
			AtomicInteger writes = new AtomicInteger();
			load.threads
				.execute(() -> load.loop(load.writeFailures, () -> load.write(prefix + writes.incrementAndGet())));
		}
		load.goOn();
		return load;
	}

	private void loop(Queue<Status> failures, Runnable call) {
		while (!this.stopped) {
			this.made.incrementAndGet();
			try {
				call.run();
			}
			catch (StatusRuntimeException ex) {
				failures.add(ex.getStatus());
				pause(50);
			}
			pause(5);
		}
	}

	private void read() {
		this.flyte.blocking().listProjects(ProjectListRequest.newBuilder().setLimit(3).build());
		this.reads.incrementAndGet();
	}

	private void write(String name) {
		ProjectRegisterRequest request = ProjectRegisterRequest.newBuilder()
			.setProject(Project.newBuilder().setId(name).setName(name))
			.build();
		this.flyte.blocking().registerProject(request);
		this.written.add(name);
	}

	private static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Wait until some more reads and writes have succeeded.
	 */
	void goOn() {
		int untilReads = this.reads.get() + 2 * READERS;
		int untilWrites = this.written.size() + 2 * WRITERS;
		await("calls that succeed").atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
			.until(() -> this.reads.get() >= untilReads && this.written.size() >= untilWrites);
	}

	/**
	 * Stop, and wait for the last calls.
	 */
	void stop() throws InterruptedException {
		this.stopped = true;
		this.threads.shutdown();
		assertThat(this.threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("each call has ended")
			.isTrue();
		assertThat(this.reads.get() + this.written.size() + this.readFailures.size() + this.writeFailures.size())
			.as("each call has an outcome")
			.isEqualTo(this.made.get());
	}

	int made() {
		return this.made.get();
	}

	int failed() {
		return this.readFailures.size() + this.writeFailures.size();
	}

	Queue<Status> readFailures() {
		return this.readFailures;
	}

	Queue<Status> writeFailures() {
		return this.writeFailures;
	}

	/**
	 * Return the names of the writes that were acknowledged.
	 */
	Set<String> written() {
		return this.written;
	}

	@Override
	public String toString() {
		return made() + " calls made, " + this.reads + " reads and " + this.written.size() + " writes answered, "
				+ this.readFailures.size() + " and " + this.writeFailures.size() + " failed";
	}

	@Override
	public void close() {
		this.stopped = true;
		this.threads.shutdownNow();
	}

}
