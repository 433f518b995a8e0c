package io.flyteconnect.samples.dashboard.flyte;

import java.util.List;

import flyteidl.admin.ProjectOuterClass.Domain;
import flyteidl.admin.ProjectOuterClass.Project;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.NearName;

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

	/**
	 * Say that a place is none of those that Flyte lists.
	 * @param all the projects that it lists
	 * @param project the id of the project
	 * @param domain the id of the domain
	 * @return what there is not, or {@code null} if it is there
	 */
	public static @Nullable String whyUnknown(List<ProjectSummary> all, String project, String domain) {
		List<String> ids = all.stream().map(ProjectSummary::id).toList();
		if (!ids.contains(project)) {
			return "Flyte lists no project '" + project + "'" + NearName.hint(project, ids);
		}
		List<String> domains = all.get(ids.indexOf(project)).domains();
		return (domains.isEmpty() || domains.contains(domain)) ? null : "The project '" + project + "' has no domain '"
				+ domain + "'" + NearName.hint(domain, domains) + "; there are " + String.join(", ", domains);
	}

}
