package io.flyteconnect.samples.cli.command.execution;

import java.util.LinkedHashMap;
import java.util.Map;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;

import io.flyteconnect.samples.cli.command.Failure;

/**
 * Names the execution that a failure is about, so that a script can go on with it.
 */
final class ExecutionParts {

	private ExecutionParts() {
	}

	static Failure addTo(Failure failure, WorkflowExecutionIdentifier id) {
		Map<String, String> parts = new LinkedHashMap<>();
		parts.put("project", id.getProject());
		parts.put("domain", id.getDomain());
		parts.put("name", id.getName());
		return failure.with("execution", parts);
	}

}
