package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.StatusRuntimeException;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.samples.cli.command.Answer;
import io.flyteconnect.samples.cli.command.Failure;
import io.flyteconnect.samples.cli.command.FlyteCommand;
import io.flyteconnect.samples.cli.command.place.NotFound;
import io.flyteconnect.samples.cli.command.place.PlaceOptions;

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
		WorkflowExecutionIdentifier id = this.place.execution(this.execution);
		try {
			return answer(context, id);
		}
		catch (StatusRuntimeException ex) {
			throw new NotFound(context.getBean(FlyteAdminStub.class)).execution(id, ex);
		}
	}

	@Override
	public final Failure complete(Failure failure) {
		return ExecutionParts.addTo(failure, this.place.execution(this.execution));
	}

	abstract Answer answer(ConfigurableApplicationContext context, WorkflowExecutionIdentifier id);

}
