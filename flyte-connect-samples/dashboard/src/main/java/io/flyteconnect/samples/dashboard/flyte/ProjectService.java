package io.flyteconnect.samples.dashboard.flyte;

import java.util.ArrayList;
import java.util.List;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.ProjectOuterClass.Projects;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
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

	/**
	 * Say that Flyte does not list a place: it answers questions about it as about one
	 * that holds nothing, or repeats them.
	 * @param project the id of the project
	 * @param domain the id of the domain
	 * @return what there is not, or {@code null} if it is there, or Flyte does not tell
	 */
	public @Nullable String whyUnknown(String project, String domain) {
		try {
			List<ProjectSummary> all = list();
			return all.isEmpty() ? null : ProjectSummary.whyUnknown(all, project, domain);
		}
		catch (StatusRuntimeException ex) {
			// Who may not list projects may list executions all the same.
			return null;
		}
	}

	StatusRuntimeException notFound(String project, String domain, String otherwise) {
		String unknown = whyUnknown(project, domain);
		return Status.NOT_FOUND.withDescription((unknown != null) ? unknown : otherwise).asRuntimeException();
	}

}
