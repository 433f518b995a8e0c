package io.flyteconnect.benchmarks;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Open loop: a call leaves whenever its time has come, whatever became of the others. Its
 * start is the planned one, so that waiting behind a stalled client counts.
 */
class SteadyMode implements LoadMode {

	private static final String PHASE = "steady";

	private static final Duration LEAD = Duration.ofMillis(300);

	@Override
	public void run(LoadOptions options, LoadReport report, Samples samples) throws Exception {
		try (Caller caller = new Callers(options, report).connected()) {
			caller.call();
			long t0 = Times.now() + LEAD.toNanos();
			report.start(t0);
			int calls = (int) (options.rate() * options.load().toMillis() / 1000);
			Outcomes outcomes = new Outcomes(calls);
			Executor threads = Threads.perCall();
			Times.sleepUntil(t0);
			long cpu = LoadReport.cpuMicros();
			for (int i = 0; i < calls; i++) {
				int call = i;
				long planned = t0 + i * TimeUnit.SECONDS.toNanos(1) / options.rate();
				Times.sleepUntil(planned);
				outcomes.started(call, planned);
				threads.execute(() -> outcomes.ended(call, caller.call()));
			}
			outcomes.await(options.timeout());
			report.phase(PHASE, t0, cpu);
			outcomes.addTo(samples.log(PHASE));
		}
	}

}
