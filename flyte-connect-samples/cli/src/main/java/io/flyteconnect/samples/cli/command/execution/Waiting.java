package io.flyteconnect.samples.cli.command.execution;

import java.time.Duration;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.samples.cli.command.Answer;
import io.flyteconnect.samples.cli.command.ExitCodes;

/**
 * An execution that has ended.
 *
 * @param answer all of it
 * @param exitCode whether it has succeeded
 */
record Waiting(Answer answer, int exitCode) {

	/**
	 * Wait until an execution has ended.
	 * @param context the application
	 * @param id the execution
	 * @param timeout how long to wait
	 * @param progress is shown the execution meanwhile
	 * @return what came of it
	 * @throws io.flyteconnect.execution.ExecutionNotFinishedException if it goes on
	 */
	static Waiting until(ConfigurableApplicationContext context, WorkflowExecutionIdentifier id, Duration timeout,
			Progress progress) {
		try {
			Execution execution = context.getBean(FlyteExecutions.class).await(id, timeout, progress);
			return new Waiting(new ExecutionAnswer(context).of(execution),
					(execution.getClosure().getPhase() == Phase.SUCCEEDED) ? ExitCodes.OK : ExitCodes.EXECUTION);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for " + id.getName() + ", which goes on", ex);
		}
	}

}
