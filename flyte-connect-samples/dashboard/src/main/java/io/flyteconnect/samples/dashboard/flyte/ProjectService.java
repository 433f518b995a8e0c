package io.flyteconnect.samples.dashboard.flyte;

import java.util.ArrayList;
import java.util.List;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.ProjectOuterClass.Projects;
import org.springframework.stereotype.Service;

import io.flyteconnect.FlyteAdminStub;

/**
 * The projects of the cluster.
 *
 * @since 0.1.0
 */
@Service
public class ProjectService {

	private static final int PAGE_SIZE = 100;

	private final FlyteAdminStub flyte;

	ProjectService(FlyteAdminStub flyte) {
		this.flyte = flyte;
	}

	/**
	 * List the active projects.
	 * @return all of them, in the order of their ids
	 * @throws io.grpc.StatusRuntimeException if Flyte does not answer
	 */
	public List<ProjectSummary> list() {
		List<ProjectSummary> projects = new ArrayList<>();
		String token = "";
		do {
			Projects page = this.flyte.blocking()
				.listProjects(ProjectListRequest.newBuilder().setLimit(PAGE_SIZE).setToken(token).build());
			page.getProjectsList().forEach((project) -> projects.add(ProjectSummary.of(project)));
			token = page.getToken();
		}
		while (!token.isEmpty());
		return projects;
	}

}
