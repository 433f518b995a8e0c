package io.flyteconnect.samples.cli.command;

import java.time.Duration;
import java.time.Instant;

import com.google.protobuf.Timestamp;
import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.ResourceListRequest;
import flyteidl.admin.Common.Sort;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionClosure;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.flyteconnect.FlyteAdminStub;

/**
 * Lists executions, newest first.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
@Command(name = "executions", description = "List executions, newest first.")
public final class ExecutionsCommand extends FlyteCommand {

	@Option(names = { "-p", "--project" }, required = true, description = "The project.")
	private String project = "";

	@Option(names = { "-d", "--domain" }, defaultValue = "development",
			description = "The domain (default: ${DEFAULT-VALUE}).")
	private String domain = "";

	@Option(names = "--limit", defaultValue = "20", description = "How many at most (default: ${DEFAULT-VALUE}).")
	private int limit;

	@Override
	Answer answer(ConfigurableApplicationContext context) {
		Answer answer = Answer.list("name", "workflow", "phase", "created", "duration");
		context.getBean(FlyteAdminStub.class)
			.blocking()
			.listExecutions(ResourceListRequest.newBuilder()
				.setId(NamedEntityIdentifier.newBuilder().setProject(this.project).setDomain(this.domain))
				.setLimit(this.limit)
				.setSortBy(Sort.newBuilder().setKey("created_at").setDirection(Sort.Direction.DESCENDING))
				.build())
			.getExecutionsList()
			.forEach((execution) -> add(answer, execution));
		return answer;
	}

	private static void add(Answer answer, Execution execution) {
		ExecutionClosure closure = execution.getClosure();
		Timestamp created = closure.getCreatedAt();
		answer.add(execution.getId().getName(), closure.getWorkflowId().getName(), closure.getPhase().name(),
				Instant.ofEpochSecond(created.getSeconds()).toString(),
				closure.hasDuration() ? Duration.ofSeconds(closure.getDuration().getSeconds()).toString() : "");
	}

}
