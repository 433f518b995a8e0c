package io.flyteconnect.internal.run;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.workflow.GetRunDetailsRequest;
import com.flyteidl2.workflow.RunDetails;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.FlyteRunsStub;
import io.flyteconnect.internal.execution.BackOff;
import io.flyteconnect.run.RunNotFinishedException;

/**
 * Waits for the end of one run, by looking again and again: the streams of Flyte 2 that
 * say what changes carry nothing ({@code WatchRunDetails}), or do not end with the run.
 */
public final class RunWait {

	/** The status codes after which polling continues. */
	private static final Set<Code> TRANSIENT = EnumSet.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED,
			Code.RESOURCE_EXHAUSTED);

	private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

	private static final Duration SHORTEST_LOOK = Duration.ofSeconds(1);

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);

	private final FlyteRunsStub flyte;

	private final BackOff polling;

	private final RunIdentifier id;

	private final Consumer<RunDetails> seen;

	private @Nullable RunDetails last;

	private @Nullable StatusRuntimeException failure;

	public RunWait(FlyteRunsStub flyte, BackOff polling, RunIdentifier id, Consumer<RunDetails> seen) {
		this.flyte = flyte;
		this.polling = polling;
		this.id = id;
		this.seen = seen;
	}

	public RunDetails await(Duration timeout) throws InterruptedException {
		Duration limited = (timeout.compareTo(LONGEST_TIMEOUT) < 0) ? timeout : LONGEST_TIMEOUT;
		long end = System.nanoTime() + limited.toNanos();
		for (int looks = 1;; looks++) {
			RunDetails run = look(end - System.nanoTime());
			if (run != null) {
				this.seen.accept(run);
			}
			if (run != null && RunTexts.hasEnded(run)) {
				return run;
			}
			long left = end - System.nanoTime();
			if (left <= 0) {
				throw new RunNotFinishedException(this.id, timeout, this.last, this.failure);
			}
			Duration pause = this.polling.pause(looks, ThreadLocalRandom.current().nextDouble());
			TimeUnit.NANOSECONDS.sleep(Math.min(pause.toNanos(), left));
		}
	}

	/**
	 * Look at the run. The last look, after the deadline, also gets a moment to complete.
	 */
	private @Nullable RunDetails look(long left) throws InterruptedException {
		long limit = Math.max(SHORTEST_LOOK.toNanos(), Math.min(LONGEST_LOOK.toNanos(), left));
		try {
			RunDetails run = this.flyte.blocking()
				.withDeadlineAfter(limit, TimeUnit.NANOSECONDS)
				.getRunDetails(GetRunDetailsRequest.newBuilder().setRunId(this.id).build())
				.getDetails();
			this.last = run;
			this.failure = null;
			return run;
		}
		catch (StatusRuntimeException ex) {
			// gRPC reports an interrupt of the thread in this way.
			if (ex.getStatus().getCode() == Code.CANCELLED && Thread.interrupted()) {
				InterruptedException interrupted = new InterruptedException(
						"Interrupted while waiting for run " + RunTexts.of(this.id) + ", which goes on");
				interrupted.initCause(ex);
				throw interrupted;
			}
			if (!TRANSIENT.contains(ex.getStatus().getCode())) {
				throw ex;
			}
			this.failure = ex;
			return null;
		}
	}

}
