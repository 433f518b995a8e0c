package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.samples.cli.command.Answer;
import io.flyteconnect.samples.cli.command.FlyteCommand;

/**
 * Terminates an execution.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
@Command(name = "terminate", description = "Terminate an execution. It ends in Flyte's own time.")
public final class TerminateCommand extends FlyteCommand {

	@Mixin
	private PlaceOptions place = new PlaceOptions();

	@Parameters(index = "0", paramLabel = "EXECUTION", description = "The name of the execution.")
	private String execution = "";

	@Option(names = "--cause", defaultValue = "Terminated on the command line", paramLabel = "TEXT",
			description = "Why (default: ${DEFAULT-VALUE}).")
	private String cause = "";

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		WorkflowExecutionIdentifier id = this.place.execution(this.execution);
		context.getBean(FlyteExecutions.class).terminate(id, this.cause);
		return new ExecutionAnswer(context).of(id);
	}

}
