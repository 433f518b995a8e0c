package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.samples.cli.command.Answer;

/**
 * Terminates an execution.
 *
 * @since 0.1.0
 */
@Command(name = "terminate", description = "Terminate an execution. It ends in Flyte's own time.")
public final class TerminateCommand extends OneExecutionCommand {

	@Option(names = "--cause", defaultValue = "Terminated on the command line", paramLabel = "TEXT",
			description = "Why (default: ${DEFAULT-VALUE}).")
	private String cause = "";

	@Override
	Answer answer(ConfigurableApplicationContext context, WorkflowExecutionIdentifier id) {
		context.getBean(FlyteExecutions.class).terminate(id, this.cause);
		return new ExecutionAnswer(context).of(id);
	}

}
