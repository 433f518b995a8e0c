package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

import io.flyteconnect.samples.cli.command.Answer;

/**
 * Shows one execution.
 *
 * @since 0.1.0
 */
@Command(name = "execution", description = "Show one execution with its inputs and outputs.")
public final class ExecutionCommand extends OneExecutionCommand {

	@Override
	Answer answer(ConfigurableApplicationContext context, WorkflowExecutionIdentifier id) {
		return new ExecutionAnswer(context).of(id);
	}

}
