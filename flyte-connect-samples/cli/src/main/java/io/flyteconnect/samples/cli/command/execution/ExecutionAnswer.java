package io.flyteconnect.samples.cli.command.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.Timestamp;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionClosure;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetRequest;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.samples.cli.command.Answer;
import io.flyteconnect.samples.cli.command.Answer.Absent;

/**
 * All of one execution.
 */
final class ExecutionAnswer {

	private final FlyteAdminStub flyte;

	private final FlyteExecutions executions;

	ExecutionAnswer(ConfigurableApplicationContext context) {
		this.flyte = context.getBean(FlyteAdminStub.class);
		this.executions = context.getBean(FlyteExecutions.class);
	}

	Answer of(WorkflowExecutionIdentifier id) {
		return of(this.flyte.blocking().getExecution(WorkflowExecutionGetRequest.newBuilder().setId(id).build()));
	}

	Answer of(Execution execution) {
		WorkflowExecutionIdentifier id = execution.getId();
		ExecutionClosure closure = execution.getClosure();
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		values.put("name", id.getName());
		values.put("project", id.getProject());
		values.put("domain", id.getDomain());
		values.put("launchPlan", execution.getSpec().getLaunchPlan().getName());
		values.put("version", execution.getSpec().getLaunchPlan().getVersion());
		values.put("phase", closure.getPhase().name());
		values.put("created", closure.hasCreatedAt() ? time(closure.getCreatedAt()) : null);
		values.put("started", closure.hasStartedAt() ? time(closure.getStartedAt()) : null);
		values.put("duration",
				closure.hasDuration() ? Duration.ofSeconds(closure.getDuration().getSeconds()).toString() : null);
		values.put("error", closure.hasError() ? closure.getError().getMessage() : null);
		values.put("cause", closure.hasAbortMetadata() ? closure.getAbortMetadata().getCause() : null);
		values.put("console", this.executions.console(id).map(Object::toString).orElse(null));
		values.put("inputs", JsonValues.of(this.executions.inputs(id)));
		values.put("outputs",
				(closure.getPhase() == Phase.SUCCEEDED) ? JsonValues.of(this.executions.outputs(id)) : absent(closure));
		return Answer.single(List.copyOf(values.keySet()), values.values().stream().toList());
	}

	private static Absent absent(ExecutionClosure closure) {
		return new Absent("none, as it is " + closure.getPhase().name()
				+ (closure.hasError() ? ": " + SafeText.of(closure.getError().getMessage()) : ""));
	}

	private static String time(Timestamp time) {
		return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
	}

}
