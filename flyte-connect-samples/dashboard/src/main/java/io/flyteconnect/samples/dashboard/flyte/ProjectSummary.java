package io.flyteconnect.samples.dashboard.flyte;

import java.util.List;

import flyteidl.admin.ProjectOuterClass.Domain;
import flyteidl.admin.ProjectOuterClass.Project;

/**
 * A project.
 *
 * @param id its id
 * @param name its name
 * @param description what it is for, may be empty
 * @param domains the ids of its domains
 * @since 0.1.0
 */
public record ProjectSummary(String id, String name, String description, List<String> domains) {

	static ProjectSummary of(Project project) {
		return new ProjectSummary(project.getId(), project.getName(), project.getDescription(),
				project.getDomainsList().stream().map(Domain::getId).toList());
	}

}
