package io.flyteconnect.internal.execution;

import java.util.function.Supplier;

import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateResponse;
import flyteidl.admin.ExecutionOuterClass.ExecutionRelaunchRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.execution.FlyteExecutions;

/**
 * Creates executions, with a generated name if a request has none.
 */
public final class ExecutionCreation {

	private final FlyteAdminStub flyte;

	public ExecutionCreation(FlyteAdminStub flyte) {
		this.flyte = flyte;
	}

	/**
	 * Create an execution.
	 * @param request the request, with a complete security context
	 * @param active the active launch plan, which takes the place of one without a
	 * version, or {@code null} if the request names another target
	 * @return the execution
	 */
	public WorkflowExecutionIdentifier create(ExecutionCreateRequest request, @Nullable LaunchPlan active) {
		ExecutionCreateRequest.Builder complete = request.toBuilder();
		if (active != null) {
			LaunchTargets.warnOfLoss(active, request.getSpec().getSecurityContext());
			complete.getSpecBuilder().setLaunchPlan(active.getId());
		}
		if (!request.getName().isEmpty()) {
			return this.flyte.blocking().createExecution(complete.build()).getId();
		}
		ExecutionCreateRequest named = complete.setName(ExecutionNames.generate()).build();
		WorkflowExecutionIdentifier id = WorkflowExecutionIdentifier.newBuilder()
			.setProject(named.getProject())
			.setDomain(named.getDomain())
			.setName(named.getName())
			.setOrg(named.getOrg())
			.build();
		return create(id, () -> this.flyte.blocking().createExecution(named));
	}

	public WorkflowExecutionIdentifier relaunch(WorkflowExecutionIdentifier id) {
		ExecutionRelaunchRequest request = ExecutionRelaunchRequest.newBuilder()
			.setId(id)
			.setName(ExecutionNames.generate())
			.build();
		return create(id.toBuilder().setName(request.getName()).build(),
				() -> this.flyte.blocking().relaunchExecution(request));
	}

	private static WorkflowExecutionIdentifier create(WorkflowExecutionIdentifier id,
			Supplier<ExecutionCreateResponse> call) {
		return new SafeCreation<>(id, "Execution " + FlyteExecutions.text(id), () -> call.get().getId()).create();
	}

	public WorkflowExecutionIdentifier relaunch(WorkflowExecutionIdentifier id, String name) {
		return this.flyte.blocking()
			.relaunchExecution(
					ExecutionRelaunchRequest.newBuilder().setId(id).setName(ExecutionNames.check(name)).build())
			.getId();
	}

}
