package io.flyteconnect.integration.connection.example;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetRequest;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.springframework.stereotype.Service;

import io.flyteconnect.FlyteAdminStub;

/**
 * As in the documentation.
 */
@Service
class Executions {

	private final FlyteAdminStub flyte;

	Executions(FlyteAdminStub flyte) {
		this.flyte = flyte;
	}

	Execution get(WorkflowExecutionIdentifier id) {
		return this.flyte.blocking().getExecution(WorkflowExecutionGetRequest.newBuilder().setId(id).build());
	}

}
