package io.flyteconnect.samples.dashboard.flyte;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import com.google.protobuf.Timestamp;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionClosure;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * An execution as the dashboard shows it.
 *
 * @param project its project
 * @param domain its domain
 * @param name its name
 * @param workflow the name of the workflow
 * @param version the version of the workflow
 * @param launchPlan the name of what was launched
 * @param phase how far it is
 * @param createdAt when it was launched
 * @param startedAt when it began to run, or {@code null} if it has not yet
 * @param duration how long it ran, or {@code null} while it has not ended
 * @param principal who launched it, may be empty
 * @param error why it failed, or why it was terminated, or {@code null}
 * @param security whom it runs as, and what it is given
 * @param console its page in Flyte Console, or {@code null} if there is no console
 * @since 0.1.0
 */
public record ExecutionSummary(String project, String domain, String name, String workflow, String version,
		String launchPlan, Phase phase, Instant createdAt, @Nullable Instant startedAt, @Nullable Duration duration,
		String principal, @Nullable String error, ExecutionSecurity security, @Nullable URI console) {

	static ExecutionSummary of(Execution execution, @Nullable URI console) {
		WorkflowExecutionIdentifier id = execution.getId();
		ExecutionClosure closure = execution.getClosure();
		Identifier workflow = closure.getWorkflowId();
		return new ExecutionSummary(id.getProject(), id.getDomain(), id.getName(), workflow.getName(),
				workflow.getVersion(), execution.getSpec().getLaunchPlan().getName(), closure.getPhase(),
				instant(closure.getCreatedAt()), closure.hasStartedAt() ? instant(closure.getStartedAt()) : null,
				closure.hasDuration() ? duration(closure.getDuration()) : null,
				execution.getSpec().getMetadata().getPrincipal(), error(closure),
				ExecutionSecurity.of(execution.getSpec().getSecurityContext()), console);
	}

	private static @Nullable String error(ExecutionClosure closure) {
		if (closure.hasError()) {
			return closure.getError().getCode() + ": " + closure.getError().getMessage();
		}
		if (closure.hasAbortMetadata()) {
			String by = closure.getAbortMetadata().getPrincipal();
			return "Terminated" + (by.isEmpty() ? "" : " by " + by) + ": " + closure.getAbortMetadata().getCause();
		}
		return null;
	}

	private static Instant instant(Timestamp timestamp) {
		return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
	}

	private static Duration duration(com.google.protobuf.Duration duration) {
		return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
	}

	/**
	 * Say why there are no outputs.
	 * @return a sentence
	 */
	public String withoutOutputs() {
		return switch (this.phase) {
			case SUCCEEDED -> "It gave none.";
			case FAILING, FAILED -> "It has failed, so it gave none.";
			case ABORTING, ABORTED -> "It was terminated, so it gave none.";
			case TIMED_OUT -> "It ran out of time, so it gave none.";
			default -> "There are none before it has succeeded.";
		};
	}

	/**
	 * Whether it makes sense to terminate it.
	 * @return true while it has not ended and is not about to
	 */
	public boolean canBeTerminated() {
		return switch (this.phase) {
			case UNDEFINED, QUEUED, RUNNING, SUCCEEDING -> true;
			default -> false;
		};
	}

}
