package io.flyteconnect.samples.cli.command.place;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import picocli.CommandLine.Option;

/**
 * Where executions are.
 *
 * @since 0.1.0
 */
public final class PlaceOptions {

	@Option(names = { "-p", "--project" }, required = true, description = "The project.")
	private String project = "";

	@Option(names = { "-d", "--domain" }, defaultValue = "development",
			description = "The domain (default: ${DEFAULT-VALUE}).")
	private String domain = "";

	/**
	 * Return the project.
	 * @return its id
	 */
	public String project() {
		return this.project;
	}

	/**
	 * Return the domain.
	 * @return its id
	 */
	public String domain() {
		return this.domain;
	}

	/**
	 * Return the identifier of an execution.
	 * @param name its name
	 * @return the identifier
	 */
	public WorkflowExecutionIdentifier execution(String name) {
		return WorkflowExecutionIdentifier.newBuilder()
			.setProject(this.project)
			.setDomain(this.domain)
			.setName(name)
			.build();
	}

}
