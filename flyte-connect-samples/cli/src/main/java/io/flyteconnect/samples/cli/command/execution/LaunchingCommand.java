package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.samples.cli.command.Answer;
import io.flyteconnect.samples.cli.command.ExitCodes;
import io.flyteconnect.samples.cli.command.Failure;
import io.flyteconnect.samples.cli.command.FlyteCommand;
import io.flyteconnect.samples.cli.command.place.PlaceOptions;

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

	private @Nullable WorkflowExecutionIdentifier launched;

	@Override
	public void check() {
		this.waiting.check();
	}

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		// What is launched is not launched again after a login.
		if (this.launched == null) {
			this.launched = launch(context, this.place, this.name);
		}
		if (!this.waiting.isWait()) {
			return new ExecutionAnswer(context).of(this.launched);
		}
		Waiting waiting = Waiting.until(context, this.launched, this.waiting.timeout(), new Progress(output()));
		exitCode(waiting.exitCode());
		failure(waiting.unfinished());
		return waiting.answer();
	}

	@Override
	public Failure complete(Failure failure) {
		if (this.launched == null) {
			return failure;
		}
		Failure known = ExecutionParts.addTo(failure, this.launched);
		return (failure.exitCode() == ExitCodes.TIMEOUT) ? known : known
			.saying("; execution " + FlyteExecutions.text(this.launched) + " has been launched, and goes on");
	}

	/**
	 * Launch it.
	 * @param context the application
	 * @param place where
	 * @param name the name of the new execution, or {@code null}
	 * @return the new execution
	 */
	abstract WorkflowExecutionIdentifier launch(ConfigurableApplicationContext context, PlaceOptions place,
			@Nullable String name);

}
