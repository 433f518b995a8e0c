package io.flyteconnect.samples.cli.command.execution;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.execution.LaunchRequest;

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

	@Option(names = "--input", paramLabel = "NAME=VALUE",
			description = "An input; lists, maps and structs as JSON. Wins over the file.")
	private Map<String, String> inputs = new LinkedHashMap<>();

	@Option(names = "--inputs-file", paramLabel = "FILE", description = "A JSON or YAML file of inputs by their names.")
	private @Nullable Path file;

	@Override
	WorkflowExecutionIdentifier launch(FlyteExecutions executions, PlaceOptions place, @Nullable String name) {
		LaunchRequest.Builder request = this.task
				? LaunchRequest.task(place.project(), place.domain(), this.target, this.version)
				: LaunchRequest.launchPlan(place.project(), place.domain(), this.target, this.version);
		if (this.file != null) {
			request.inputs(InputFile.read(this.file));
		}
		return executions.launch(request.inputs(this.inputs).name(name).build());
	}

}
