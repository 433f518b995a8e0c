package io.flyteconnect;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Creates links to the pages of Flyte Console.
 *
 * @param console where the console is, for example
 * {@code https://flyte.example.com/console}
 * @since 0.1.0
 */
public record ConsoleLinks(URI console) {

	/**
	 * Return the page of an execution.
	 * @param id the execution
	 * @return its address
	 */
	public URI execution(WorkflowExecutionIdentifier id) {
		return page(id.getProject(), id.getDomain(), "executions", id.getName());
	}

	/**
	 * Return the page of a workflow, task or launch plan.
	 * @param id its identifier; the version may be empty
	 * @return its address
	 * @throws IllegalArgumentException if the console has no page for such a resource
	 */
	public URI resource(Identifier id) {
		String kind = switch (id.getResourceType()) {
			case WORKFLOW -> "workflows";
			case TASK -> "tasks";
			case LAUNCH_PLAN -> "launchPlans";
			default -> throw new IllegalArgumentException("The console has no page for a " + id.getResourceType()
					+ ", only for workflows, tasks and launch plans");
		};
		return id.getVersion().isEmpty() ? page(id.getProject(), id.getDomain(), kind, id.getName())
				: page(id.getProject(), id.getDomain(), kind, id.getName(), "version", id.getVersion());
	}

	/**
	 * Return the page of a workflow.
	 * @param project the project
	 * @param domain the domain
	 * @param name the workflow's name
	 * @return its address
	 */
	public URI workflow(String project, String domain, String name) {
		return page(project, domain, "workflows", name);
	}

	private URI page(String project, String domain, String kind, String... rest) {
		return UriComponentsBuilder.fromUri(this.console)
			.pathSegment(encoded("projects", project, "domains", domain, kind))
			.pathSegment(encoded(rest))
			.build(true)
			.toUri();
	}

	// Encodes each segment, since the builder would encode the console's own address
	// again, and treat braces as variables.
	private static String[] encoded(String... segments) {
		return Arrays.stream(segments)
			.map((segment) -> UriUtils.encodePathSegment(segment, StandardCharsets.UTF_8))
			.toArray(String[]::new);
	}

}
