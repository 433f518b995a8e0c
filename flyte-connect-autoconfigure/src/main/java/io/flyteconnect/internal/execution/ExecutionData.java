package io.flyteconnect.internal.execution;

import java.util.Map;

import flyteidl.admin.Common.UrlBlob;
import flyteidl.admin.ExecutionOuterClass.ExecutionClosure;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetDataRequest;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetDataResponse;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetRequest;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Literals.LiteralMap;
import io.grpc.Status;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.literal.FlyteValues;

/**
 * Reads the inputs and outputs of executions. Data that is too large for Flyte Admin to
 * send ({@code remoteData.maxSizeInBytes}) is fetched from the signed URL that it returns
 * instead ({@code flyteadmin/pkg/manager/impl/util/data.go}).
 */
public final class ExecutionData {

	private final FlyteConnection connection;

	private final ObjectStore store;

	public ExecutionData(FlyteConnection connection) {
		this.connection = connection;
		this.store = new ObjectStore(connection);
	}

	@SuppressWarnings("deprecation")
	public FlyteValues inputs(WorkflowExecutionIdentifier id) {
		WorkflowExecutionGetDataResponse data = get(id);
		return FlyteLiterals.toJava(complete(id, "input", data.getFullInputs(), data.getInputs()));
	}

	@SuppressWarnings("deprecation")
	public FlyteValues outputs(WorkflowExecutionIdentifier id) {
		WorkflowExecutionGetDataResponse data = get(id);
		LiteralMap outputs = complete(id, "output", data.getFullOutputs(), data.getOutputs());
		return (outputs.getLiteralsCount() > 0) ? FlyteLiterals.toJava(outputs) : none(id);
	}

	private FlyteValues none(WorkflowExecutionIdentifier id) {
		ExecutionClosure closure = this.connection.admin()
			.blocking()
			.getExecution(WorkflowExecutionGetRequest.newBuilder().setId(id).build())
			.getClosure();
		if (closure.getPhase() == Phase.SUCCEEDED) {
			return new FlyteValues(Map.of());
		}
		return FlyteValues.none("execution " + FlyteExecutions.text(id) + " is " + closure.getPhase()
				+ (closure.hasError() ? ": " + SafeText.of(closure.getError().getMessage()) : ""));
	}

	private WorkflowExecutionGetDataResponse get(WorkflowExecutionIdentifier id) {
		return this.connection.admin()
			.blocking()
			.getExecutionData(WorkflowExecutionGetDataRequest.newBuilder().setId(id).build());
	}

	@SuppressWarnings("deprecation")
	private LiteralMap complete(WorkflowExecutionIdentifier id, String kind, LiteralMap full, UrlBlob stored) {
		LiteralMap literals = (full.getLiteralsCount() > 0 || stored.getBytes() == 0) ? full : fetch(id, kind, stored);
		return new OffloadedLiterals(this.store, id, kind).complete(literals);
	}

	@SuppressWarnings("deprecation")
	private LiteralMap fetch(WorkflowExecutionIdentifier id, String kind, UrlBlob stored) {
		String what = "The " + kind + "s of execution " + FlyteExecutions.text(id) + " (" + stored.getBytes()
				+ " bytes) are more than Flyte Admin sends";
		if (stored.getUrl().isEmpty()) {
			throw ObjectStore.failure(Status.FAILED_PRECONDITION,
					what + ", and it signs no URL to fetch them from (remoteData.signedUrls)");
		}
		return this.store.fetch(what, stored.getUrl(), LiteralMap.parser());
	}

}
