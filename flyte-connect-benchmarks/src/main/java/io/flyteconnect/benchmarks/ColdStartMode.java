package io.flyteconnect.benchmarks;

import java.util.concurrent.CountDownLatch;

/**
 * Many first calls at once, on a client that is built for them: the start of the
 * application is part of the time. A warm-up is spent on a {@link Rehearsal}, so that
 * what is cold is the client and not the Java machine.
 */
class ColdStartMode implements LoadMode {

	private static final String PHASE = "cold";

	@Override
	public void run(LoadOptions options, LoadReport report, Samples samples) throws Exception {
		Rehearsal.of(options);
		int calls = options.concurrency();
		Outcomes outcomes = new Outcomes(calls);
		CountDownLatch ready = new CountDownLatch(calls);
		CountDownLatch gate = new CountDownLatch(1);
		Caller[] caller = new Caller[1];
		for (int i = 0; i < calls; i++) {
			int call = i;
			Thread worker = new Thread(() -> {
				ready.countDown();
				await(gate);
				outcomes.started(call, Times.now());
				outcomes.ended(call, caller[0].call());
			}, "worker-" + i);
			worker.setDaemon(true);
			worker.start();
		}
		ready.await();
		long cpu = LoadReport.cpuMicros();
		long t0 = Times.now();
		try (Caller connected = new Callers(options, report).connected()) {
			caller[0] = connected;
			gate.countDown();
			outcomes.await(options.timeout());
			report.phase(PHASE, t0, cpu);
			outcomes.addTo(samples.log(PHASE));
		}
	}

	private static void await(CountDownLatch gate) {
		try {
			gate.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
