package io.flyteconnect.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Closed loop: as many callers as asked for, each as fast as it can. The variants take
 * turns, so that a drift of the machine hits all of them.
 */
class ThroughputMode implements LoadMode {

	@Override
	public void run(LoadOptions options, LoadReport report, Samples samples) throws Exception {
		Map<String, Caller> callers = new LinkedHashMap<>();
		try {
			for (String variant : options.variants()) {
				Caller caller = new Callers(options, report).create(variant);
				callers.put(variant, caller);
				// Written down nowhere.
				load("warm-up", caller, options.concurrency(), options.warmUp(), new Samples());
			}
			for (int round = 0; round < options.rounds(); round++) {
				for (Map.Entry<String, Caller> variant : callers.entrySet()) {
					String phase = variant.getKey() + "/" + round;
					long cpu = LoadReport.cpuMicros();
					long t0 = Times.now();
					load(phase, variant.getValue(), options.concurrency(), options.load(), samples);
					report.phase(phase, t0, cpu);
				}
			}
		}
		finally {
			callers.values().forEach(Caller::close);
		}
	}

	static void load(String phase, Caller caller, int concurrency, Duration duration, Samples samples)
			throws InterruptedException {
		long end = Times.now() + duration.toNanos();
		List<Thread> workers = new ArrayList<>();
		for (int i = 0; i < concurrency; i++) {
			Samples.Log log = samples.log(phase);
			Thread worker = new Thread(() -> {
				for (long start = Times.now(); start < end;) {
					String code = caller.call();
					long now = Times.now();
					log.add(start, now, code);
					start = now;
				}
			}, "worker-" + i);
			workers.add(worker);
		}
		workers.forEach(Thread::start);
		for (Thread worker : workers) {
			worker.join();
		}
	}

}
