package io.flyteconnect.samples.dashboard.web;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;

/**
 * Makes identifiers of executions from parts of a path.
 */
final class ExecutionIds {

	private ExecutionIds() {
	}

	static WorkflowExecutionIdentifier of(String project, String domain, String name) {
		return WorkflowExecutionIdentifier.newBuilder().setProject(project).setDomain(domain).setName(name).build();
	}

}
