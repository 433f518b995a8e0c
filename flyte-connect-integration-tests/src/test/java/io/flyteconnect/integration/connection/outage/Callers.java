package io.flyteconnect.integration.connection.outage;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;

import io.flyteconnect.FlyteAdminStub;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Platform threads that go on reading until they are stopped.
 */
final class Callers implements AutoCloseable {

	/** Small, so that there can be a thousand. */
	private static final long STACK_SIZE = 256 * 1024;

	static final int PATIENCE_SECONDS = 120;

	private final int number;

	private final ExecutorService threads;

	private final CountDownLatch warm;

	private final AtomicIntegerArray answers;

	private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

	private volatile boolean stopped;

	private Callers(int number) {
		this.number = number;
		this.warm = new CountDownLatch(number);
		this.answers = new AtomicIntegerArray(number);
		this.threads = Executors.newFixedThreadPool(number, smallThreads());
	}

	static ThreadFactory smallThreads() {
		AtomicInteger names = new AtomicInteger();
		return (task) -> new Thread(null, task, "caller-" + names.incrementAndGet(), STACK_SIZE);
	}

	/**
	 * Start callers, and wait until the first call of each of them has ended.
	 * @param number the number of callers
	 * @param flyte what they call
	 * @return the callers
	 */
	static Callers start(int number, FlyteAdminStub flyte) throws InterruptedException {
		Callers callers = new Callers(number);
		for (int i = 0; i < number; i++) {
			int caller = i;
			callers.threads.submit(() -> callers.loop(caller, flyte));
		}
		assertThat(callers.warm.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("every caller got something").isTrue();
		return callers;
	}

	private void loop(int caller, FlyteAdminStub flyte) {
		while (!this.stopped) {
			try {
				flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance());
				this.answers.incrementAndGet(caller);
				this.warm.countDown();
				pause(5);
			}
			catch (Exception ex) {
				this.failures.add(new Failure(caller, ex));
				this.warm.countDown();
				// Not so often that failing keeps the machine busy, nor all at once.
				pause(1500 + caller);
			}
		}
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
	 * Wait until every caller has been answered several times more.
	 */
	void goOn() throws InterruptedException {
		int[] ends = IntStream.range(0, this.number).map((caller) -> this.answers.get(caller) + 3).toArray();
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
		while (behind(ends) > 0 && System.nanoTime() < deadline) {
			Thread.sleep(10);
		}
		assertThat(behind(ends)).as("callers without an answer").isZero();
	}

	private long behind(int[] ends) {
		return IntStream.range(0, this.number).filter((caller) -> this.answers.get(caller) < ends[caller]).count();
	}

	/**
	 * Return the calls that failed so far.
	 */
	Queue<Failure> failures() {
		return this.failures;
	}

	/**
	 * Stop, and wait for the last answers.
	 */
	void stop() throws InterruptedException {
		this.stopped = true;
		this.threads.shutdown();
		assertThat(this.threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
	}

	/**
	 * Stop, and check that no call ever failed.
	 */
	void stopWithoutFailures() throws InterruptedException {
		stop();
		assertThat(this.failures).isEmpty();
	}

	@Override
	public void close() {
		this.stopped = true;
		this.threads.shutdownNow();
	}

	/**
	 * A call that failed.
	 *
	 * @param caller the number of the caller
	 * @param exception what it got
	 */
	record Failure(int caller, Exception exception) {

	}

}
