package io.flyteconnect.samples.cli.command;

import flyteidl.admin.ProjectOuterClass.Domain;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.ProjectOuterClass.Projects;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

import io.flyteconnect.FlyteAdminStub;

/**
 * Lists the projects.
 *
 * @since 0.1.0
 */
@Command(name = "projects", description = "List the projects.")
public final class ProjectsCommand extends FlyteCommand {

	private static final int PAGE_SIZE = 100;

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		FlyteAdminStub flyte = context.getBean(FlyteAdminStub.class);
		Answer answer = Answer.list("id", "name", "domains", "description");
		String token = "";
		do {
			Projects page = flyte.blocking()
				.listProjects(ProjectListRequest.newBuilder().setLimit(PAGE_SIZE).setToken(token).build());
			page.getProjectsList()
				.forEach((project) -> answer.add(project.getId(), project.getName(),
						project.getDomainsList().stream().map(Domain::getId).toList(), project.getDescription()));
			token = page.getToken();
		}
		while (!token.isEmpty());
		return answer;
	}

}
