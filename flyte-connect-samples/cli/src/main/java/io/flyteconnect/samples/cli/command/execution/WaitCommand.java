package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.flyteconnect.samples.cli.command.Answer;

/**
 * Waits until an execution has ended.
 *
 * @since 0.1.0
 */
@Command(name = "wait", description = "Wait until an execution has ended.")
public final class WaitCommand extends OneExecutionCommand {

	@Mixin
	private TimeoutOption timeout = new TimeoutOption();

	@Override
	Answer answer(ConfigurableApplicationContext context, WorkflowExecutionIdentifier id) {
		Waiting waiting = Waiting.until(context, id, this.timeout.value(), new Progress(output()));
		exitCode(waiting.exitCode());
		failure(waiting.unfinished());
		return waiting.answer();
	}

}
