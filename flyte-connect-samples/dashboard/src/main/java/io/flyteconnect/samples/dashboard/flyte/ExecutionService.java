package io.flyteconnect.samples.dashboard.flyte;

import java.net.URI;
import java.util.function.Supplier;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionList;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetRequest;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.springframework.stereotype.Service;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.execution.FlyteExecutions;

/**
 * The executions of the cluster.
 *
 * @since 0.1.0
 */
@Service
public class ExecutionService {

	private final FlyteAdminStub flyte;

	private final FlyteExecutions executions;

	private final ProjectService projects;

	ExecutionService(FlyteAdminStub flyte, FlyteExecutions executions, ProjectService projects) {
		this.projects = projects;
		this.flyte = flyte;
		this.executions = executions;
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
		WorkflowExecutionGetRequest request = WorkflowExecutionGetRequest.newBuilder().setId(id).build();
		return summary(explained(id, () -> this.flyte.blocking().getExecution(request)));
	}

	/**
	 * Get what an execution took and gave.
	 * @param id which one
	 * @return inputs and outputs; none where Flyte does not have them (any more)
	 * @throws io.grpc.StatusRuntimeException if Flyte does not answer
	 */
	public ExecutionData data(WorkflowExecutionIdentifier id) {
		try {
			return ExecutionData.of(this.executions.inputs(id), this.executions.outputs(id));
		}
		catch (StatusRuntimeException ex) {
			if (ex.getStatus().getCode() == Status.Code.NOT_FOUND) {
				return ExecutionData.NONE;
			}
			throw ex;
		}
	}

	/**
	 * Terminate an execution. Flyte does so in its own time, going through the phase
	 * {@code ABORTING}.
	 * @param id which one
	 * @param cause why, for those who look at it later
	 * @throws io.grpc.StatusRuntimeException with FAILED_PRECONDITION if it has ended
	 */
	public void terminate(WorkflowExecutionIdentifier id, String cause) {
		explained(id, () -> {
			this.executions.terminate(id, cause);
			return id;
		});
	}

	/**
	 * Launch an execution once more, as it was.
	 * @param id which one
	 * @return the new execution
	 * @throws io.grpc.StatusRuntimeException with NOT_FOUND if there is none
	 */
	public WorkflowExecutionIdentifier relaunch(WorkflowExecutionIdentifier id) {
		return explained(id, () -> this.executions.relaunch(id));
	}

	// Flyte says only what it was asked for.
	private <T> T explained(WorkflowExecutionIdentifier id, Supplier<T> call) {
		try {
			return call.get();
		}
		catch (StatusRuntimeException ex) {
			if (ex.getStatus().getCode() != Status.Code.NOT_FOUND) {
				throw ex;
			}
			throw this.projects.notFound(id.getProject(), id.getDomain(),
					"There is no execution '" + id.getName() + "' in " + id.getProject() + "/" + id.getDomain());
		}
	}

	private ExecutionSummary summary(Execution execution) {
		URI console = this.executions.console(execution.getId()).orElse(null);
		return ExecutionSummary.of(execution, console);
	}

}
