package io.flyteconnect.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closed loop on one of two clusters of an application: alone, and while as many callers
 * call the other cluster, which is down, at a given rate: callers that repeat what fails
 * at once take the processor from everybody, whoever refuses their calls. Both take
 * turns, so that a drift of the machine hits both.
 */
class ClustersMode implements LoadMode {

	/** The name of the connection to the cluster that is down. */
	static final String DOWN = "down";

	@Override
	public void run(LoadOptions options, LoadReport report, Samples samples) throws Exception {
		try (Callers.Clusters clusters = new Callers(options, report).clusters(DOWN)) {
			ThroughputMode.load("warm-up", clusters.up(), options.concurrency(), options.warmUp(), new Samples());
			for (int round = 0; round < options.rounds(); round++) {
				measure("alone/" + round, clusters.up(), options, report, samples);
				AtomicBoolean over = new AtomicBoolean();
				List<Thread> others = callUntil(over, clusters.down(), options, samples, DOWN + "/" + round);
				measure("beside/" + round, clusters.up(), options, report, samples);
				over.set(true);
				for (Thread other : others) {
					other.join();
				}
			}
		}
	}

	private static void measure(String phase, Caller caller, LoadOptions options, LoadReport report, Samples samples)
			throws InterruptedException {
		long cpu = LoadReport.cpuMicros();
		long t0 = Times.now();
		ThroughputMode.load(phase, caller, options.concurrency(), options.load(), samples);
		report.phase(phase, t0, cpu);
	}

	private static List<Thread> callUntil(AtomicBoolean over, Caller caller, LoadOptions options, Samples samples,
			String phase) {
		long interval = Duration.ofSeconds(options.concurrency()).toNanos() / options.rate();
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < options.concurrency(); i++) {
			Samples.Log log = samples.log(phase);
			Thread thread = new Thread(() -> {
				while (!over.get()) {
					long start = Times.now();
					String code = caller.call();
					log.add(start, Times.now(), code);
					Times.sleepUntil(start + interval);
				}
			}, "down-" + i);
			callers.add(thread);
			thread.start();
		}
		return callers;
	}

}
