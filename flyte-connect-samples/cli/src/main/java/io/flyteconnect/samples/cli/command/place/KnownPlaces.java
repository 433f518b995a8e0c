package io.flyteconnect.samples.cli.command.place;

import java.util.ArrayList;
import java.util.List;

import flyteidl.admin.ProjectOuterClass.Domain;
import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.ProjectOuterClass.Projects;
import io.grpc.StatusRuntimeException;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.internal.text.SafeText;

/**
 * The projects that Flyte lists, with their domains. Archived ones are not among them.
 *
 * @param flyte whom to ask
 * @since 0.1.0
 */
public record KnownPlaces(FlyteAdminStub flyte) {

	private static final int PAGE_SIZE = 100;

	private static final int MOST_PAGES = 10;

	/**
	 * Look whether Flyte lists a project and its domain.
	 * @param project the project
	 * @param domain the domain
	 * @return what it does not list, empty if it lists both or does not tell
	 */
	public String whyUnknown(String project, String domain) {
		List<Project> all = projects();
		if (all.isEmpty()) {
			return "";
		}
		return all.stream()
			.filter((candidate) -> candidate.getId().equals(project))
			.findFirst()
			.map((found) -> whyUnknown(found, domain))
			.orElseGet(() -> {
				List<String> ids = all.stream().map(Project::getId).toList();
				return "Flyte lists no project '" + SafeText.of(project) + "'" + NearName.hint(project, ids);
			});
	}

	private static String whyUnknown(Project project, String domain) {
		List<String> domains = project.getDomainsList().stream().map(Domain::getId).toList();
		return (domains.isEmpty() || domains.contains(domain)) ? ""
				: "The project '" + SafeText.of(project.getId()) + "' has no domain '" + SafeText.of(domain) + "'"
						+ NearName.hint(domain, domains) + "; there are " + SafeText.of(String.join(", ", domains));
	}

	/**
	 * Return the other domains of a project.
	 * @param project the project
	 * @param domain the domain that is left out
	 * @return their ids, none if Flyte does not list the project
	 */
	List<String> domainsBeside(String project, String domain) {
		return projects().stream()
			.filter((candidate) -> candidate.getId().equals(project))
			.flatMap((candidate) -> candidate.getDomainsList().stream())
			.map(Domain::getId)
			.filter((candidate) -> !candidate.equals(domain))
			.toList();
	}

	private List<Project> projects() {
		List<Project> all = new ArrayList<>();
		String token = "";
		try {
			for (int page = 0; page < MOST_PAGES; page++) {
				Projects projects = this.flyte.blocking()
					.listProjects(ProjectListRequest.newBuilder().setLimit(PAGE_SIZE).setToken(token).build());
				all.addAll(projects.getProjectsList());
				token = projects.getToken();
				if (token.isEmpty()) {
					return all;
				}
			}
		}
		catch (StatusRuntimeException ex) {
			// Who may not list projects may list executions all the same.
		}
		return List.of();
	}

}
