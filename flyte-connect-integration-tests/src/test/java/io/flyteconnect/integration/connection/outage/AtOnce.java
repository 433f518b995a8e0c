package io.flyteconnect.integration.connection.outage;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;

import io.flyteconnect.FlyteAdminStub;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers that all make one call at the same moment.
 */
final class AtOnce {

	private AtOnce() {
	}

	/**
	 * Call, and wait for all answers.
	 * @param number the number of callers
	 * @param flyte what they call
	 * @return how many projects each of them was told of
	 * @throws AssertionError if a call fails
	 */
	static List<Integer> call(int number, FlyteAdminStub flyte) throws InterruptedException {
		CountDownLatch ready = new CountDownLatch(number);
		CountDownLatch go = new CountDownLatch(1);
		ExecutorService callers = Executors.newFixedThreadPool(number, Callers.smallThreads());
		try {
			List<Future<Integer>> answers = IntStream.range(0, number).mapToObj((i) -> callers.submit(() -> {
				ready.countDown();
				go.await();
				return flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsCount();
			})).toList();
			assertThat(ready.await(Callers.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
			go.countDown();
			// The first failure is the failure of the test.
			return answers.stream().map(AtOnce::answer).toList();
		}
		finally {
			callers.shutdownNow();
		}
	}

	private static int answer(Future<Integer> future) {
		try {
			return future.get(Callers.PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError("A caller failed", ex);
		}
	}

}
