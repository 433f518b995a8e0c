package io.flyteconnect.test.admin;

import com.google.protobuf.Timestamp;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionClosure;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;

/**
 * The columns of executions ({@code flyteadmin/pkg/repositories/models/execution.go}) and
 * of what is joined to them.
 */
final class ExecutionColumns {

	private ExecutionColumns() {
	}

	static Columns<Execution> create() {
		Columns<Execution> columns = new Columns<>("execution");
		columns.text("execution_project", (execution) -> execution.getId().getProject())
			.text("execution_domain", (execution) -> execution.getId().getDomain())
			.text("execution_name", (execution) -> execution.getId().getName())
			.text("phase", (execution) -> execution.getClosure().getPhase().name())
			.text("user", (execution) -> execution.getSpec().getMetadata().getPrincipal())
			.text("cluster", (execution) -> execution.getSpec().getMetadata().getSystemMetadata().getExecutionCluster())
			.text("abort_cause", (execution) -> execution.getClosure().getAbortMetadata().getCause())
			.text("launch_entity",
					(execution) -> (execution.getSpec().getLaunchPlan().getResourceType() == ResourceType.TASK) ? "task"
							: "launch_plan")
			.text("error_code",
					(execution) -> execution.getClosure().hasError() ? execution.getClosure().getError().getCode()
							: null)
			.text("error_kind",
					(execution) -> execution.getClosure().hasError()
							? execution.getClosure().getError().getKind().name() : null)
			.number("mode", (execution) -> (long) execution.getSpec().getMetadata().getModeValue())
			.number("state", (execution) -> (long) execution.getClosure().getStateChangeDetails().getStateValue())
			.duration("duration", (execution) -> execution.getClosure().hasDuration()
					? Times.duration(execution.getClosure().getDuration()) : null);
		times(columns);
		identifiers(columns);
		return columns;
	}

	private static void times(Columns<Execution> columns) {
		for (String created : new String[] { "created_at", "execution_created_at" }) {
			columns.time(created, (execution) -> Times.instant(execution.getClosure().getCreatedAt()));
		}
		for (String updated : new String[] { "updated_at", "execution_updated_at" }) {
			columns.time(updated, (execution) -> Times.instant(updatedAt(execution.getClosure())));
		}
		columns.time("started_at", (execution) -> execution.getClosure().hasStartedAt()
				? Times.instant(execution.getClosure().getStartedAt()) : null);
	}

	private static Timestamp updatedAt(ExecutionClosure closure) {
		return closure.hasUpdatedAt() ? closure.getUpdatedAt() : closure.getCreatedAt();
	}

	private static void identifiers(Columns<Execution> columns) {
		columns.text("launch_plan.project", (execution) -> launchPlan(execution).getProject())
			.text("launch_plan.domain", (execution) -> launchPlan(execution).getDomain())
			.text("launch_plan.name", (execution) -> launchPlan(execution).getName())
			.text("launch_plan.version", (execution) -> launchPlan(execution).getVersion())
			.text("workflow.project", (execution) -> execution.getClosure().getWorkflowId().getProject())
			.text("workflow.domain", (execution) -> execution.getClosure().getWorkflowId().getDomain())
			.text("workflow.name", (execution) -> execution.getClosure().getWorkflowId().getName())
			.text("workflow.version", (execution) -> execution.getClosure().getWorkflowId().getVersion());
	}

	private static Identifier launchPlan(Execution execution) {
		return execution.getSpec().getLaunchPlan();
	}

}
