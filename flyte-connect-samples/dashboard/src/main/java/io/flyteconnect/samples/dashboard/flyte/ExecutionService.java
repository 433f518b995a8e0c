package io.flyteconnect.samples.dashboard.flyte;

import java.net.URI;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionList;
import flyteidl.admin.ExecutionOuterClass.ExecutionTerminateRequest;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetRequest;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.springframework.stereotype.Service;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;

/**
 * The executions of the cluster.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
@Service
public class ExecutionService {

	private final FlyteAdminStub flyte;

	private final FlyteConnection connection;

	ExecutionService(FlyteAdminStub flyte, FlyteConnection connection) {
		this.flyte = flyte;
		this.connection = connection;
	}

	/**
	 * List executions, newest first.
	 * @param query which ones
	 * @return one page
	 * @throws io.grpc.StatusRuntimeException if Flyte does not answer, or refuses
	 */
	public ExecutionPage list(ExecutionQuery query) {
		ExecutionList list = this.flyte.blocking().listExecutions(query.toRequest());
		return new ExecutionPage(list.getExecutionsList().stream().map(this::summary).toList(),
				list.getToken().isEmpty() ? null : list.getToken());
	}

	/**
	 * Get one execution.
	 * @param id which one
	 * @return the execution as it is now
	 * @throws io.grpc.StatusRuntimeException with NOT_FOUND if there is none
	 */
	public ExecutionSummary get(WorkflowExecutionIdentifier id) {
		return summary(this.flyte.blocking().getExecution(WorkflowExecutionGetRequest.newBuilder().setId(id).build()));
	}

	/**
	 * Terminate an execution. Flyte does so in its own time, going through the phase
	 * {@code ABORTING}.
	 * @param id which one
	 * @param cause why, for those who look at it later
	 * @throws io.grpc.StatusRuntimeException with FAILED_PRECONDITION if it has ended
	 */
	public void terminate(WorkflowExecutionIdentifier id, String cause) {
		this.flyte.blocking()
			.terminateExecution(ExecutionTerminateRequest.newBuilder().setId(id).setCause(cause).build());
	}

	private ExecutionSummary summary(Execution execution) {
		URI console = this.connection.console().map((links) -> links.execution(execution.getId())).orElse(null);
		return ExecutionSummary.of(execution, console);
	}

}
