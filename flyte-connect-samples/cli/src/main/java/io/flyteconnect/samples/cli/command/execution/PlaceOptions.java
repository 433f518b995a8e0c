package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import picocli.CommandLine.Option;

/**
 * Where executions are.
 */
final class PlaceOptions {

	@Option(names = { "-p", "--project" }, required = true, description = "The project.")
	private String project = "";

	@Option(names = { "-d", "--domain" }, defaultValue = "development",
			description = "The domain (default: ${DEFAULT-VALUE}).")
	private String domain = "";

	String project() {
		return this.project;
	}

	String domain() {
		return this.domain;
	}

	WorkflowExecutionIdentifier execution(String name) {
		return WorkflowExecutionIdentifier.newBuilder()
			.setProject(this.project)
			.setDomain(this.domain)
			.setName(name)
			.build();
	}

}
