package io.flyteconnect.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Calls whose number is known beforehand and whose end is not: what has not come back in
 * time is written down as hung.
 */
class Outcomes {

	private static final Duration GRACE = Duration.ofSeconds(5);

	private final AtomicReferenceArray<Outcome> outcomes;

	private final long[] starts;

	private final CountDownLatch open;

	Outcomes(int calls) {
		this.outcomes = new AtomicReferenceArray<>(calls);
		this.starts = new long[calls];
		this.open = new CountDownLatch(calls);
	}

	void started(int call, long time) {
		this.starts[call] = time;
	}

	void ended(int call, String code) {
		this.outcomes.set(call, new Outcome(Times.now(), code));
		this.open.countDown();
	}

	/**
	 * Wait for the calls, not longer than their deadline and a little.
	 */
	void await(Duration deadline) throws InterruptedException {
		this.open.await(deadline.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
	}

	void addTo(Samples.Log log) {
		for (int i = 0; i < this.starts.length; i++) {
			Outcome outcome = this.outcomes.get(i);
			if (outcome != null) {
				log.add(this.starts[i], outcome.end(), outcome.code());
			}
			else {
				log.add(this.starts[i], -1, "HUNG");
			}
		}
	}

	private record Outcome(long end, String code) {

	}

}
