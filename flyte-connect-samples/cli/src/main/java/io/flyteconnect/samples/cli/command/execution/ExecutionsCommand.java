package io.flyteconnect.samples.cli.command.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.google.protobuf.Timestamp;
import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.ResourceListRequest;
import flyteidl.admin.Common.Sort;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionClosure;
import io.grpc.Status;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.samples.cli.command.Answer;
import io.flyteconnect.samples.cli.command.FlyteCommand;
import io.flyteconnect.samples.cli.command.place.KnownPlaces;
import io.flyteconnect.samples.cli.command.place.PlaceOptions;

/**
 * Lists executions, newest first.
 *
 * @since 0.1.0
 */
@Command(name = "executions", description = "List executions, newest first.")
public final class ExecutionsCommand extends FlyteCommand {

	@Mixin
	private PlaceOptions place = new PlaceOptions();

	@Option(names = "--phase", split = ",", paramLabel = "PHASE", converter = PhaseConverter.class,
			description = "Only those in this phase; several are separated by commas.")
	private List<String> phases = List.of();

	@Option(names = "--limit", defaultValue = "20", description = "How many at most (default: ${DEFAULT-VALUE}).")
	private int limit;

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		Answer answer = Answer.list("name", "workflow", "phase", "created", "duration");
		FlyteAdminStub flyte = context.getBean(FlyteAdminStub.class);
		flyte.blocking()
			.listExecutions(ResourceListRequest.newBuilder()
				.setId(NamedEntityIdentifier.newBuilder()
					.setProject(this.place.project())
					.setDomain(this.place.domain()))
				.setFilters(filters())
				.setLimit(this.limit)
				.setSortBy(Sort.newBuilder().setKey("created_at").setDirection(Sort.Direction.DESCENDING))
				.build())
			.getExecutionsList()
			.forEach((execution) -> add(answer, execution));
		if (answer.rows().isEmpty()) {
			// Flyte answers as about a place that holds nothing, which would hide the
			// mistake.
			String unknown = new KnownPlaces(flyte).whyUnknown(this.place.project(), this.place.domain());
			if (!unknown.isEmpty()) {
				throw Status.NOT_FOUND.withDescription(unknown).asRuntimeException();
			}
		}
		return answer;
	}

	private String filters() {
		return this.phases.isEmpty() ? "" : "value_in(phase," + String.join(";", this.phases) + ")";
	}

	private static void add(Answer answer, Execution execution) {
		ExecutionClosure closure = execution.getClosure();
		Timestamp created = closure.getCreatedAt();
		answer.add(execution.getId().getName(), closure.getWorkflowId().getName(), closure.getPhase().name(),
				Instant.ofEpochSecond(created.getSeconds()).toString(),
				closure.hasDuration() ? Duration.ofSeconds(closure.getDuration().getSeconds()).toString() : null);
	}

}
