package io.flyteconnect.test.runs;

import java.util.LinkedHashSet;
import java.util.Set;

import com.flyteidl2.project.Domain;
import com.flyteidl2.project.ListProjectsRequest;
import com.flyteidl2.project.ListProjectsResponse;
import com.flyteidl2.project.Project;
import com.flyteidl2.project.ProjectServiceGrpc;
import com.flyteidl2.project.Projects;
import io.grpc.stub.StreamObserver;

/**
 * {@code flyteidl2.project.ProjectService}: the projects are those that have tasks.
 */
class ProjectMethods extends ProjectServiceGrpc.ProjectServiceImplBase {

	private final TestTasks tasks;

	ProjectMethods(TestTasks tasks) {
		this.tasks = tasks;
	}

	@Override
	public void listProjects(ListProjectsRequest request, StreamObserver<ListProjectsResponse> observer) {
		Answers2.answer(observer, () -> {
			Projects.Builder projects = Projects.newBuilder();
			for (String name : names()) {
				Project.Builder project = Project.newBuilder().setId(name).setName(name);
				domains(name)
					.forEach((domain) -> project.addDomains(Domain.newBuilder().setId(domain).setName(domain)));
				projects.addProjects(project);
			}
			return ListProjectsResponse.newBuilder().setProjects(projects).build();
		});
	}

	private Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		this.tasks.all().forEach((task) -> names.add(task.getTaskId().getProject()));
		return names;
	}

	private Set<String> domains(String project) {
		Set<String> domains = new LinkedHashSet<>();
		this.tasks.all()
			.stream()
			.filter((task) -> task.getTaskId().getProject().equals(project))
			.forEach((task) -> domains.add(task.getTaskId().getDomain()));
		return domains;
	}

}
