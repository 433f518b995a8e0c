package io.flyteconnect.test.admin;

import flyteidl.admin.Common.Sort;
import flyteidl.admin.ProjectOuterClass.Domain;
import flyteidl.admin.ProjectOuterClass.GetDomainRequest;
import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.ProjectGetRequest;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.ProjectOuterClass.ProjectRegisterRequest;
import flyteidl.admin.ProjectOuterClass.Projects;
import flyteidl.admin.WorkflowOuterClass.WorkflowCreateRequest;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

import io.flyteconnect.test.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the projects of the test server.
 */
class ProjectTests extends AdminFixture {

	@Test
	void whenProjectIsRegisteredThenItHasTheDomains() {
		register("new", "A name");
		Project project = this.admin.getProject(ProjectGetRequest.newBuilder().setId("new").build());
		assertThat(project.getName()).isEqualTo("A name");
		assertThat(project.getDomainsList()).extracting(Domain::getId)
			.containsExactly("development", "staging", "production");
		assertThat(this.admin.getDomains(GetDomainRequest.getDefaultInstance()).getDomainsList())
			.isEqualTo(project.getDomainsList());
	}

	@Test
	void whenProjectIsRegisteredTwiceThenAlreadyExists() {
		assertThat(TestClient.status(() -> register("p", "again")).getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
	}

	@Test
	void whenProjectIsNotValidThenInvalidArgument() {
		assertThat(TestClient.status(() -> register("Bad_Id", "n")).getDescription())
			.startsWith("invalid project id [Bad_Id]");
		assertThat(TestClient.status(() -> register("x", "")).getDescription()).isEqualTo("missing project_name");
		assertThat(TestClient.status(() -> register("", "n")).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
		assertThat(TestClient.status(() -> this.admin.registerProject(ProjectRegisterRequest.getDefaultInstance()))
			.getDescription()).isEqualTo("missing project");
	}

	@Test
	void whenProjectIsUnknownThenNotFound() {
		Status status = TestClient
			.status(() -> this.admin.getProject(ProjectGetRequest.newBuilder().setId("none").build()));
		assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
		assertThat(status.getDescription()).isEqualTo("project [none] not found");
	}

	@Test
	void whenPagedThenTokensLeadThroughAllProjectsInOrder() {
		register("c", "C");
		register("a", "A");
		register("b", "B");
		Projects first = projects(ProjectListRequest.newBuilder().setLimit(3));
		assertThat(first.getProjectsList()).extracting(Project::getId).containsExactly("a", "b", "c");
		assertThat(first.getToken()).isEqualTo("3");
		Projects second = projects(ProjectListRequest.newBuilder().setLimit(3).setToken(first.getToken()));
		assertThat(second.getProjectsList()).extracting(Project::getId).containsExactly("p");
		assertThat(second.getToken()).isEmpty();
		assertThat(projects(ProjectListRequest.newBuilder()).getProjectsCount()).isEqualTo(4);
		assertThat(projects(ProjectListRequest.newBuilder().setLimit(3).setToken("99")).getProjectsCount()).isZero();
	}

	@Test
	void whenTokenIsNotANumberThenInvalidArgument() {
		for (String token : new String[] { "x", "-1" }) {
			Status status = TestClient
				.status(() -> projects(ProjectListRequest.newBuilder().setLimit(1).setToken(token)));
			assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
			assertThat(status.getDescription()).isEqualTo("invalid pagination token " + token + " for ListProjects");
		}
	}

	@Test
	void whenSortedAndFilteredThenSoIsTheList() {
		register("a", "Zed");
		register("b", "Alpha");
		assertThat(projects(ProjectListRequest.newBuilder()
			.setSortBy(Sort.newBuilder().setKey("name").setDirection(Sort.Direction.DESCENDING))).getProjectsList())
			.extracting(Project::getId)
			.containsExactly("p", "a", "b");
		assertThat(projects(ProjectListRequest.newBuilder().setFilters("value_in(identifier,a;p)")).getProjectsList())
			.extracting(Project::getId)
			.containsExactly("a", "p");
	}

	@Test
	void whenArchivedThenHiddenUnlessAskedForAndUnusable() {
		this.admin.updateProject(Project.newBuilder().setId("p").setState(Project.ProjectState.ARCHIVED).build());
		assertThat(projects(ProjectListRequest.newBuilder()).getProjectsCount()).isZero();
		Project archived = projects(ProjectListRequest.newBuilder().setFilters("eq(state,1)")).getProjects(0);
		assertThat(archived.getName()).isEqualTo("p");
		Status status = TestClient.status(() -> this.admin
			.createWorkflow(WorkflowCreateRequest.newBuilder().setId(id(ResourceType.WORKFLOW, "wf", "1")).build()));
		assertThat(status.getDescription()).isEqualTo("project [p] is not active");
	}

	private void register(String id, String name) {
		this.admin.registerProject(
				ProjectRegisterRequest.newBuilder().setProject(Project.newBuilder().setId(id).setName(name)).build());
	}

	private Projects projects(ProjectListRequest.Builder request) {
		return this.admin.listProjects(request.build());
	}

}
