package io.flyteconnect.test.connection;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;

import io.flyteconnect.FlyteAdminStub;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Platform threads that go on reading until they are stopped.
 */
final class Callers implements AutoCloseable {

	private final int number;

	private final ExecutorService threads;

	private final CountDownLatch warm;

	private final AtomicInteger calls = new AtomicInteger();

	private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

	private volatile boolean stopped;

	private Callers(int number) {
		this.number = number;
		this.warm = new CountDownLatch(number);
		this.threads = Executors.newFixedThreadPool(number);
	}

	/**
	 * Start callers, and wait until each of them has been answered.
	 * @param number the number of callers
	 * @param flyte what they call
	 * @return the callers
	 */
	static Callers start(int number, FlyteAdminStub flyte) throws InterruptedException {
		Callers callers = new Callers(number);
		for (int i = 0; i < number; i++) {
			callers.threads.submit(() -> callers.loop(flyte));
		}
		assertThat(callers.warm.await(20, TimeUnit.SECONDS)).as("every caller was answered").isTrue();
		return callers;
	}

	private void loop(FlyteAdminStub flyte) {
		while (!this.stopped) {
			try {
				flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance());
				this.calls.incrementAndGet();
				Thread.sleep(5);
			}
			catch (Exception ex) {
				this.failures.add(ex);
			}
			this.warm.countDown();
		}
	}

	/**
	 * Wait until every caller has had time for several calls more.
	 */
	void goOn() throws InterruptedException {
		int end = this.calls.get() + this.number * 10;
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (this.calls.get() < end && System.nanoTime() < deadline) {
			Thread.sleep(10);
		}
		assertThat(this.calls.get()).as("calls").isGreaterThanOrEqualTo(end);
	}

	/**
	 * Stop, and check that no call ever failed.
	 */
	void stopWithoutFailures() throws InterruptedException {
		this.stopped = true;
		this.threads.shutdown();
		assertThat(this.threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.failures).isEmpty();
	}

	@Override
	public void close() {
		this.stopped = true;
		this.threads.shutdownNow();
	}

}
