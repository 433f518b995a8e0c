package io.flyteconnect.samples.cli.command.execution;

import java.time.Duration;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.execution.ExecutionNotFinishedException;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.samples.cli.command.Answer;
import io.flyteconnect.samples.cli.command.ExitCodes;

/**
 * An execution that was waited for.
 *
 * @param answer all of it
 * @param exitCode whether it has succeeded
 * @param unfinished says that it goes on, {@code null} if it has ended
 */
record Waiting(Answer answer, int exitCode, @Nullable ExecutionNotFinishedException unfinished) {

	/**
	 * Wait until an execution has ended.
	 * @param context the application
	 * @param id the execution
	 * @param timeout how long to wait
	 * @param progress is shown the execution meanwhile
	 * @return what came of it
	 * @throws ExecutionNotFinishedException if it goes on, and cannot be shown
	 */
	static Waiting until(ConfigurableApplicationContext context, WorkflowExecutionIdentifier id, Duration timeout,
			Progress progress) {
		try {
			Execution execution = context.getBean(FlyteExecutions.class).await(id, timeout, progress);
			return new Waiting(new ExecutionAnswer(context).of(execution),
					(execution.getClosure().getPhase() == Phase.SUCCEEDED) ? ExitCodes.OK : ExitCodes.EXECUTION, null);
		}
		catch (ExecutionNotFinishedException ex) {
			return goingOn(context, progress.last(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for " + id.getName() + ", which goes on", ex);
		}
	}

	private static Waiting goingOn(ConfigurableApplicationContext context, @Nullable Execution last,
			ExecutionNotFinishedException unfinished) {
		if (last == null) {
			throw unfinished;
		}
		try {
			return new Waiting(new ExecutionAnswer(context).of(last), ExitCodes.TIMEOUT, unfinished);
		}
		catch (StatusRuntimeException ex) {
			// The time is over: that its inputs cannot be read is no news beside that.
			unfinished.addSuppressed(ex);
			throw unfinished;
		}
	}

}
