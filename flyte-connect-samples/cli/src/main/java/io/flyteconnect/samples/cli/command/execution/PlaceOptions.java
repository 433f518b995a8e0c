package io.flyteconnect.samples.cli.command.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import picocli.CommandLine.Option;

import io.flyteconnect.FlyteAdminStub;

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

	/**
	 * Warn where Flyte lists no such project or domain: it answers questions about them
	 * as about those that hold nothing.
	 * @param flyte whom to ask
	 */
	void warnIfUnknown(FlyteAdminStub flyte) {
		new KnownPlaces(flyte).warnIfUnknown(this.project, this.domain);
	}

	WorkflowExecutionIdentifier execution(String name) {
		return WorkflowExecutionIdentifier.newBuilder()
			.setProject(this.project)
			.setDomain(this.domain)
			.setName(name)
			.build();
	}

}
