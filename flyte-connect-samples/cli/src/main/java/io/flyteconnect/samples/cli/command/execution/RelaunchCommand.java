package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.samples.cli.command.place.NotFound;
import io.flyteconnect.samples.cli.command.place.PlaceOptions;

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
	WorkflowExecutionIdentifier launch(ConfigurableApplicationContext context, PlaceOptions place,
			@Nullable String name) {
		FlyteExecutions executions = context.getBean(FlyteExecutions.class);
		WorkflowExecutionIdentifier id = place.execution(this.execution);
		try {
			return (name != null) ? executions.relaunch(id, name) : executions.relaunch(id);
		}
		catch (StatusRuntimeException ex) {
			throw new NotFound(context.getBean(FlyteAdminStub.class)).execution(id, ex);
		}
	}

}
