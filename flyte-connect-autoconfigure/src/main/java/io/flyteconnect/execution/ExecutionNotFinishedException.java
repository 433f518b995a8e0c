package io.flyteconnect.execution;

import java.time.Duration;

import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.SafeText;

/**
 * Thrown when an execution has not ended in the time that the caller waits. The execution
 * continues.
 *
 * @since 0.1.0
 */
public final class ExecutionNotFinishedException extends RuntimeException {

	private final WorkflowExecutionIdentifier id;

	private final @Nullable Phase phase;

	public ExecutionNotFinishedException(WorkflowExecutionIdentifier id, Duration timeout, @Nullable Phase phase,
			@Nullable StatusRuntimeException failure) {
		super("Execution " + FlyteExecutions.text(id) + " has not ended after " + timeout + " and goes on: "
				+ ((phase != null) ? "it was last seen " + phase : "Flyte did not answer")
				+ ((failure != null) ? "; the last call ended with " + SafeText.message(failure.getMessage()) : ""),
				failure);
		this.id = id;
		this.phase = phase;
	}

	/**
	 * Return the execution.
	 * @return its identifier
	 */
	public WorkflowExecutionIdentifier getId() {
		return this.id;
	}

	/**
	 * Return the phase that the execution was last seen in.
	 * @return the phase, or {@code null} if Flyte did not answer at all
	 */
	public @Nullable Phase getPhase() {
		return this.phase;
	}

}
