package io.flyteconnect.internal.execution;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetRequest;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.execution.ExecutionNotFinishedException;
import io.flyteconnect.execution.FlyteExecutions;

/**
 * Waits for the end of one execution.
 */
public final class ExecutionWait {

	private static final Set<Phase> FINAL = EnumSet.of(Phase.SUCCEEDED, Phase.FAILED, Phase.TIMED_OUT, Phase.ABORTED);

	/** The status codes after which polling continues. */
	private static final Set<Code> TRANSIENT = EnumSet.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED,
			Code.RESOURCE_EXHAUSTED);

	private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

	private static final Duration SHORTEST_LOOK = Duration.ofSeconds(1);

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);

	private final FlyteAdminStub flyte;

	private final BackOff polling;

	private final WorkflowExecutionIdentifier id;

	private @Nullable Phase phase;

	private @Nullable StatusRuntimeException failure;

	private final Consumer<Execution> seen;

	public ExecutionWait(FlyteAdminStub flyte, BackOff polling, WorkflowExecutionIdentifier id,
			Consumer<Execution> seen) {
		this.flyte = flyte;
		this.polling = polling;
		this.id = id;
		this.seen = seen;
	}

	public Execution await(Duration timeout) throws InterruptedException {
		Duration limited = (timeout.compareTo(LONGEST_TIMEOUT) < 0) ? timeout : LONGEST_TIMEOUT;
		long end = System.nanoTime() + limited.toNanos();
		for (int looks = 1;; looks++) {
			Execution execution = look(end - System.nanoTime());
			if (execution != null) {
				this.seen.accept(execution);
			}
			if (execution != null && FINAL.contains(execution.getClosure().getPhase())) {
				return execution;
			}
			long left = end - System.nanoTime();
			if (left <= 0) {
				throw new ExecutionNotFinishedException(this.id, timeout, this.phase, this.failure);
			}
			Duration pause = this.polling.pause(looks, ThreadLocalRandom.current().nextDouble());
			TimeUnit.NANOSECONDS.sleep(Math.min(pause.toNanos(), left));
		}
	}

	/**
	 * Poll the execution. The last poll, after the deadline, also gets a moment to
	 * complete.
	 */
	private @Nullable Execution look(long left) throws InterruptedException {
		long limit = Math.max(SHORTEST_LOOK.toNanos(), Math.min(LONGEST_LOOK.toNanos(), left));
		try {
			Execution execution = this.flyte.blocking()
				.withDeadlineAfter(limit, TimeUnit.NANOSECONDS)
				.getExecution(WorkflowExecutionGetRequest.newBuilder().setId(this.id).build());
			this.phase = execution.getClosure().getPhase();
			this.failure = null;
			return execution;
		}
		catch (StatusRuntimeException ex) {
			// gRPC reports an interrupt of the thread in this way.
			if (ex.getStatus().getCode() == Code.CANCELLED && Thread.interrupted()) {
				InterruptedException interrupted = new InterruptedException(
						"Interrupted while waiting for execution " + FlyteExecutions.text(this.id) + ", which goes on");
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
