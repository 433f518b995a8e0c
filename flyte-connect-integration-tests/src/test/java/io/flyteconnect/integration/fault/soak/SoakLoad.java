package io.flyteconnect.integration.fault.soak;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.ProjectGetRequest;
import flyteidl.admin.ProjectOuterClass.ProjectRegisterRequest;
import io.grpc.Status;
import io.grpc.Status.Code;

import io.flyteconnect.FlyteAdminStub;

/**
 * Calls at a fixed rate, whatever becomes of those before: every tenth is a write, under
 * a name of its own.
 */
final class SoakLoad implements AutoCloseable {

	private static final int WRITE_EVERY = 10;

	private final FlyteAdminStub flyte;

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final AtomicLong made = new AtomicLong();

	private final AtomicLong answered = new AtomicLong();

	private final Map<Code, AtomicLong> failures = new ConcurrentHashMap<>();

	private volatile long lastSuccess = System.nanoTime();

	SoakLoad(FlyteAdminStub flyte) {
		this.flyte = flyte;
	}

	void start(int callsPerSecond) {
		this.timer.scheduleAtFixedRate(this::call, 0, 1_000_000_000L / callsPerSecond, TimeUnit.NANOSECONDS);
	}

	private void call() {
		long number = this.made.incrementAndGet();
		if (number % WRITE_EVERY == 0) {
			Project project = Project.newBuilder().setId("soak-" + number).setName("soak-" + number).build();
			note(this.flyte.future().registerProject(ProjectRegisterRequest.newBuilder().setProject(project).build()));
		}
		else {
			// Not the list, which the server sorts: it grows with each write.
			note(this.flyte.future().getProject(ProjectGetRequest.newBuilder().setId("flytesnacks").build()));
		}
	}

	private void note(ListenableFuture<?> answer) {
		long begun = System.nanoTime();
		Futures.addCallback(answer, new FutureCallback<Object>() {

			@Override
			public void onSuccess(Object result) {
				SoakLoad.this.answered.incrementAndGet();
				SoakLoad.this.lastSuccess = begun;
			}

			@Override
			public void onFailure(Throwable failure) {
				SoakLoad.this.failures
					.computeIfAbsent(Status.fromThrowable(failure).getCode(), (code) -> new AtomicLong())
					.incrementAndGet();
			}

		}, MoreExecutors.directExecutor());
	}

	long made() {
		return this.made.get();
	}

	long answered() {
		return this.answered.get();
	}

	long failed() {
		return this.failures.values().stream().mapToLong(AtomicLong::get).sum();
	}

	/**
	 * Return how many calls are under way.
	 */
	long underWay() {
		return made() - answered() - failed();
	}

	Map<Code, Long> failures() {
		Map<Code, Long> counts = new TreeMap<>();
		this.failures.forEach((code, count) -> counts.put(code, count.get()));
		return counts;
	}

	/**
	 * Return whether a call that began since then has succeeded.
	 * @param nanoTime a value of {@link System#nanoTime()}
	 */
	boolean hasSucceededSince(long nanoTime) {
		return this.lastSuccess - nanoTime > 0;
	}

	/**
	 * Make no more calls.
	 */
	@Override
	public void close() {
		this.timer.shutdown();
	}

}
