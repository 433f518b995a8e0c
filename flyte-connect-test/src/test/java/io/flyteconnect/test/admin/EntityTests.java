package io.flyteconnect.test.admin;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.NamedEntityIdentifierListRequest;
import flyteidl.admin.Common.ObjectGetRequest;
import flyteidl.admin.LaunchPlanOuterClass.ActiveLaunchPlanListRequest;
import flyteidl.admin.LaunchPlanOuterClass.ActiveLaunchPlanRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanCreateRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanSpec;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanState;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanUpdateRequest;
import flyteidl.admin.TaskOuterClass.TaskCreateRequest;
import flyteidl.admin.TaskOuterClass.TaskSpec;
import flyteidl.admin.WorkflowOuterClass.WorkflowCreateRequest;
import flyteidl.admin.WorkflowOuterClass.WorkflowSpec;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.Tasks.TaskTemplate;
import flyteidl.core.Workflow.WorkflowTemplate;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

import io.flyteconnect.test.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the tasks, workflows and launch plans of the test server.
 */
class EntityTests extends AdminFixture {

	@Test
	void whenTaskIsCreatedThenItIsFoundAndListed() {
		Identifier id = id(ResourceType.TASK, "t", "1");
		this.admin.createTask(TaskCreateRequest.newBuilder()
			.setId(id)
			.setSpec(TaskSpec.newBuilder().setTemplate(TaskTemplate.newBuilder().setType("python")))
			.build());
		assertThat(this.admin.getTask(ObjectGetRequest.newBuilder().setId(id).build())
			.getClosure()
			.getCompiledTask()
			.getTemplate()
			.getType()).isEqualTo("python");
		assertThat(this.admin.listTasks(list("p", "development").build()).getTasksCount()).isEqualTo(1);
		assertThat(this.admin.listTasks(list("p", "production").build()).getTasksCount()).isZero();
		assertThat(this.admin.listTaskIds(names(10).build()).getEntities(0).getName()).isEqualTo("t");
	}

	@Test
	void whenWorkflowIsCreatedAgainThenSameExistsAndOtherIsInvalid() {
		createWorkflow("wf", "1");
		assertThat(TestClient.status(() -> createWorkflow("wf", "1")).toString()).contains("ALREADY_EXISTS",
				"workflow with identical structure already exists");
		Status other = TestClient.status(() -> this.admin.createWorkflow(WorkflowCreateRequest.newBuilder()
			.setId(id(ResourceType.WORKFLOW, "wf", "1"))
			.setSpec(WorkflowSpec.newBuilder()
				.setTemplate(WorkflowTemplate.newBuilder().setId(id(ResourceType.WORKFLOW, "x", "1"))))
			.build()));
		assertThat(other.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
		assertThat(other.getDescription()).startsWith("wf workflow with different structure already exists");
	}

	@Test
	void whenIdentifierIsIncompleteThenTheMissingPartIsNamed() {
		assertThat(TestClient.status(() -> this.admin.getWorkflow(ObjectGetRequest.newBuilder()
			.setId(id(ResourceType.WORKFLOW, "wf", "1").toBuilder().clearVersion())
			.build())).getDescription()).isEqualTo("missing version");
		assertThat(
				TestClient.status(() -> this.admin.getWorkflow(ObjectGetRequest.getDefaultInstance())).getDescription())
			.isEqualTo("missing id");
		assertThat(TestClient
			.status(() -> this.admin
				.getWorkflow(ObjectGetRequest.newBuilder().setId(id(ResourceType.TASK, "wf", "1")).build()))
			.getDescription()).contains("unexpected resource type task", "expected workflow instead");
	}

	@Test
	void whenWorkflowIsUnknownThenNotFound() {
		Status status = TestClient.status(() -> this.admin
			.getWorkflow(ObjectGetRequest.newBuilder().setId(id(ResourceType.WORKFLOW, "wf", "9")).build()));
		assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
		assertThat(status.getDescription()).startsWith("missing entity of type WORKFLOW with identifier")
			.contains("name:\"wf\"");
	}

	@Test
	void whenVersionsAreListedThenNamesAreDistinctAndPaged() {
		createWorkflow("a", "1");
		createWorkflow("a", "2");
		createWorkflow("b", "1");
		assertThat(this.admin.listWorkflowIds(names(10).build()).getEntitiesList())
			.extracting(NamedEntityIdentifier::getName)
			.containsExactly("a", "b");
		assertThat(this.admin.listWorkflowIds(names(1).build()).getToken()).isEqualTo("1");
		assertThat(this.admin.listWorkflowIds(names(1).setToken("1").build()).getEntities(0).getName()).isEqualTo("b");
		assertThat(this.admin.listWorkflows(list("p", "development").setFilters("eq(version,2)").build())
			.getWorkflowsList()).extracting((workflow) -> workflow.getId().getName()).containsExactly("a");
		assertThat(TestClient.status(() -> this.admin.listWorkflowIds(names(0).build())).getDescription())
			.isEqualTo("invalid value for limit");
	}

	@Test
	void whenLaunchPlanHasNoWorkflowThenRefused() {
		assertThat(TestClient.status(() -> this.admin.createLaunchPlan(LaunchPlanCreateRequest.newBuilder()
			.setId(id(ResourceType.LAUNCH_PLAN, "lp", "1"))
			.setSpec(LaunchPlanSpec.newBuilder().setWorkflowId(id(ResourceType.WORKFLOW, "none", "1")))
			.build())).getCode()).isEqualTo(Status.Code.NOT_FOUND);
	}

	@Test
	void whenLaunchPlanIsActivatedThenTheVersionBeforeIsNot() {
		createPlan("wf", "1");
		createPlan("wf", "2");
		ActiveLaunchPlanRequest active = ActiveLaunchPlanRequest.newBuilder()
			.setId(NamedEntityIdentifier.newBuilder().setProject("p").setDomain("development").setName("wf"))
			.build();
		assertThat(TestClient.status(() -> this.admin.getActiveLaunchPlan(active)).getDescription())
			.isEqualTo("No active launch plan could be found: p:development:wf");
		activate("1");
		activate("2");
		assertThat(this.admin.getActiveLaunchPlan(active).getId().getVersion()).isEqualTo("2");
		assertThat(this.admin.listActiveLaunchPlans(
				ActiveLaunchPlanListRequest.newBuilder().setProject("p").setDomain("development").setLimit(10).build())
			.getLaunchPlansCount()).isEqualTo(1);
		assertThat(this.admin.listLaunchPlans(list("p", "development").setFilters("eq(state,1)").build())
			.getLaunchPlansList()).extracting(LaunchPlan::getId)
			.containsExactly(id(ResourceType.LAUNCH_PLAN, "wf", "2"));
		assertThat(this.admin.listLaunchPlanIds(names(10).build()).getEntitiesCount()).isEqualTo(1);
		assertThat(this.admin
			.getLaunchPlan(ObjectGetRequest.newBuilder().setId(id(ResourceType.LAUNCH_PLAN, "wf", "1")).build())
			.getClosure()
			.getState()).isEqualTo(LaunchPlanState.INACTIVE);
	}

	private void activate(String version) {
		this.admin.updateLaunchPlan(LaunchPlanUpdateRequest.newBuilder()
			.setId(id(ResourceType.LAUNCH_PLAN, "wf", version))
			.setState(LaunchPlanState.ACTIVE)
			.build());
	}

	private NamedEntityIdentifierListRequest.Builder names(int limit) {
		return NamedEntityIdentifierListRequest.newBuilder().setProject("p").setDomain("development").setLimit(limit);
	}

}
