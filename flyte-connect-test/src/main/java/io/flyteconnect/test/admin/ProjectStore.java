package io.flyteconnect.test.admin;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import flyteidl.admin.Common.Sort;
import flyteidl.admin.ProjectOuterClass.Domain;
import flyteidl.admin.ProjectOuterClass.InactiveProject;
import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.ProjectOuterClass.Projects;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The projects. All have the same domains, as in Flyte Admin.
 */
class ProjectStore {

	private static final List<Domain> DOMAINS = List.of(domain("development"), domain("staging"), domain("production"));

	private static final Columns<Project> COLUMNS = new Columns<Project>("project").text("identifier", Project::getId)
		.text("name", Project::getName)
		.text("description", Project::getDescription)
		.number("state", (project) -> (long) project.getStateValue());

	private final Map<String, Project> projects = new ConcurrentHashMap<>();

	private static Domain domain(String id) {
		return Domain.newBuilder().setId(id).setName(id).build();
	}

	List<Domain> domains() {
		return DOMAINS;
	}

	void register(Project project) {
		Checks.notEmpty(project.getName(), "project_name");
		check(project);
		Project registered = project.toBuilder().addAllDomains(DOMAINS).build();
		if (this.projects.putIfAbsent(project.getId(), registered) != null) {
			throw AdminErrors.alreadyExists(
					"value with matching already exists (Key (identifier)=(" + project.getId() + ") already exists.)");
		}
	}

	void update(Project project) {
		Project existing = get(project.getId());
		check(project);
		// An empty value leaves a column as it is.
		Project.Builder updated = existing.toBuilder().setState(project.getState());
		if (!project.getName().isEmpty()) {
			updated.setName(project.getName());
		}
		if (!project.getDescription().isEmpty()) {
			updated.setDescription(project.getDescription());
		}
		if (project.hasLabels()) {
			updated.setLabels(project.getLabels());
		}
		this.projects.put(project.getId(), updated.build());
	}

	boolean isKnown(String id) {
		return this.projects.containsKey(id);
	}

	Project get(String id) {
		Checks.notEmpty(id, "project_id");
		Project project = this.projects.get(id);
		if (project == null) {
			throw Status.NOT_FOUND.withDescription("project [" + id + "] not found").asRuntimeException();
		}
		return project;
	}

	Projects list(ProjectListRequest request) {
		Sort sort = request.hasSortBy() ? request.getSortBy()
				: Sort.newBuilder().setKey("identifier").setDirection(Sort.Direction.ASCENDING).build();
		// Archived projects are left out only where nothing else is asked for.
		String filters = request.getFilters().isEmpty() ? "ne(state," + Project.ProjectState.ARCHIVED_VALUE + ")"
				: request.getFilters();
		Listing.Page<Project> page = new Listing("ListProjects", request.getLimit(), request.getToken(), filters, sort)
			.of(all(), COLUMNS);
		return Projects.newBuilder().addAllProjects(page.entries()).setToken(page.token()).build();
	}

	private List<Project> all() {
		return this.projects.values().stream().sorted(Comparator.comparing(Project::getId)).toList();
	}

	/**
	 * Check that something may be put into a project and domain.
	 * @param projectId the project
	 * @param domainId the domain
	 */
	void checkUsable(String projectId, String domainId) {
		@Nullable Project project = this.projects.get(projectId);
		if (project == null) {
			throw AdminErrors.invalid("failed to validate that project [" + projectId + "] and domain [" + domainId
					+ "] are registered, err: [project [" + projectId + "] not found]");
		}
		if (project.getState() != Project.ProjectState.ACTIVE) {
			throw AdminErrors.invalid("project [" + projectId + "] is not active",
					InactiveProject.newBuilder().setId(projectId).build());
		}
		if (DOMAINS.stream().noneMatch((domain) -> domain.getId().equals(domainId))) {
			throw AdminErrors.invalid("domain [" + domainId + "] is unrecognized by system");
		}
	}

	private void check(Project project) {
		Checks.projectId(project.getId());
		if (project.getDomainsCount() > 0) {
			throw AdminErrors.invalid(
					"Domains are currently only set system wide. Please retry without domains included in your request.");
		}
	}

}
