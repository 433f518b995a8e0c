package io.flyteconnect.samples.dashboard.web;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.flyteconnect.samples.dashboard.flyte.ProjectService;
import io.flyteconnect.samples.dashboard.flyte.ProjectSummary;

/**
 * Projects as JSON.
 */
@RestController
class ProjectsApi {

	private final ProjectService projects;

	ProjectsApi(ProjectService projects) {
		this.projects = projects;
	}

	@GetMapping("/api/projects")
	List<String> ids() {
		return this.projects.list().stream().map(ProjectSummary::id).toList();
	}

}
