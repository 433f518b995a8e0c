package io.flyteconnect.samples.cli.command.execution;

import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.flyteconnect.samples.cli.command.Answer;
import io.flyteconnect.samples.cli.command.FlyteCommand;

/**
 * Shows one execution with its inputs and outputs.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
@Command(name = "execution", description = "Show one execution with its inputs and outputs.")
public final class ExecutionCommand extends FlyteCommand {

	@Mixin
	private PlaceOptions place = new PlaceOptions();

	@Parameters(index = "0", paramLabel = "EXECUTION", description = "The name of the execution.")
	private String execution = "";

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		return new ExecutionAnswer(context).of(this.place.execution(this.execution));
	}

}
