package io.flyteconnect.samples.cli.command.execution;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.execution.LaunchRequest;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.samples.cli.command.place.NotFound;
import io.flyteconnect.samples.cli.command.place.PlaceOptions;

/**
 * Launches a launch plan or a task.
 *
 * @since 0.1.0
 */
@Command(name = "launch", description = "Launch a launch plan, in its active version unless one is named, or a task.")
public final class LaunchCommand extends LaunchingCommand {

	@Parameters(index = "0", paramLabel = "TARGET", description = "The name of the launch plan or task.")
	private String target = "";

	@Option(names = "--version", defaultValue = "", paramLabel = "VERSION", description = "Its version.")
	private String version = "";

	@Option(names = "--task", description = "It is a task; needs --version.")
	private boolean task;

	@Option(names = "--input", paramLabel = "NAME=VALUE", converter = Input.Converter.class,
			description = "An input; lists, maps and structs as JSON. Wins over the file.")
	private List<Input> inputs = List.of();

	@Option(names = "--inputs-file", paramLabel = "FILE", description = "A JSON or YAML file of inputs by their names.")
	private @Nullable Path file;

	@Override
	public void check() {
		super.check();
		Set<String> names = new HashSet<>();
		for (Input input : this.inputs) {
			if (!names.add(input.name())) {
				throw new IllegalArgumentException("--input gives '" + SafeText.of(input.name())
						+ "' more than once: give it once, and a list as JSON");
			}
		}
	}

	@Override
	WorkflowExecutionIdentifier launch(ConfigurableApplicationContext context, PlaceOptions place,
			@Nullable String name) {
		Identifier id = Identifier.newBuilder()
			.setResourceType(this.task ? ResourceType.TASK : ResourceType.LAUNCH_PLAN)
			.setProject(place.project())
			.setDomain(place.domain())
			.setName(this.target)
			.setVersion(this.version)
			.build();
		LaunchRequest.Builder request = LaunchRequest.of(id).name(name);
		if (this.file != null) {
			request.inputs(InputFile.read(this.file));
		}
		this.inputs.forEach((input) -> request.input(input.name(), input.value()));
		try {
			return context.getBean(FlyteExecutions.class).launch(request.build());
		}
		catch (StatusRuntimeException ex) {
			throw new NotFound(context.getBean(FlyteAdminStub.class)).target(id, ex);
		}
	}

}
