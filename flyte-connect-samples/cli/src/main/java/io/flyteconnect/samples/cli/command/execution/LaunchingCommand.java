package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.samples.cli.command.Answer;
import io.flyteconnect.samples.cli.command.FlyteCommand;

/**
 * A command that launches an execution, and may wait for its end.
 */
abstract class LaunchingCommand extends FlyteCommand {

	@Mixin
	private PlaceOptions place = new PlaceOptions();

	@Mixin
	private WaitOptions waiting = new WaitOptions();

	@Option(names = "--name", paramLabel = "NAME",
			description = "The name of the new execution (default: one is made).")
	private @Nullable String name;

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		WorkflowExecutionIdentifier id = launch(context.getBean(FlyteExecutions.class), this.place, this.name);
		if (!this.waiting.isWait()) {
			return new ExecutionAnswer(context).of(id);
		}
		Waiting ended = Waiting.until(context, id, this.waiting.timeout(), new Progress(output()));
		exitCode(ended.exitCode());
		return ended.answer();
	}

	abstract WorkflowExecutionIdentifier launch(FlyteExecutions executions, PlaceOptions place, @Nullable String name);

}
