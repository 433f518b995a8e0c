package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.flyteconnect.execution.FlyteExecutions;

/**
 * Launches an execution once more.
 *
 * @since 0.1.0
 */
@Command(name = "relaunch", description = "Launch an execution once more, with the inputs that it had.")
public final class RelaunchCommand extends LaunchingCommand {

	@Parameters(index = "0", paramLabel = "EXECUTION", description = "The name of the execution.")
	private String execution = "";

	@Override
	WorkflowExecutionIdentifier launch(FlyteExecutions executions, PlaceOptions place, @Nullable String name) {
		WorkflowExecutionIdentifier id = place.execution(this.execution);
		return (name != null) ? executions.relaunch(id, name) : executions.relaunch(id);
	}

}
