package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.flyteconnect.samples.cli.command.Answer;
import io.flyteconnect.samples.cli.command.FlyteCommand;

/**
 * Does something with an execution that is named.
 */
abstract class OneExecutionCommand extends FlyteCommand {

	@Mixin
	private PlaceOptions place = new PlaceOptions();

	@Parameters(index = "0", paramLabel = "EXECUTION", description = "The name of the execution.")
	private String execution = "";

	@Override
	protected final Answer answer(ConfigurableApplicationContext context) {
		return answer(context, this.place.execution(this.execution));
	}

	abstract Answer answer(ConfigurableApplicationContext context, WorkflowExecutionIdentifier id);

}
