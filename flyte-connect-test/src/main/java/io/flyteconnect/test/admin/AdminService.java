package io.flyteconnect.test.admin;

import flyteidl.admin.Common;
import flyteidl.admin.ExecutionOuterClass;
import flyteidl.admin.LaunchPlanOuterClass;
import flyteidl.admin.ProjectOuterClass;
import flyteidl.admin.TaskOuterClass;
import flyteidl.admin.VersionOuterClass;
import flyteidl.admin.WorkflowOuterClass;
import flyteidl.core.Compiler;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.service.AdminServiceGrpc;
import io.grpc.stub.StreamObserver;

/**
 * {@code flyteidl.service.AdminService} over the model. What is not here is answered
 * UNIMPLEMENTED by gRPC.
 *
 * @author Flyte Connect
 */
class AdminService extends AdminServiceGrpc.AdminServiceImplBase {

	static final String VERSION = "v1.16.8";

	private final FlyteModel model;

	AdminService(FlyteModel model) {
		this.model = model;
	}

	@Override
	public void getVersion(VersionOuterClass.GetVersionRequest request,
			StreamObserver<VersionOuterClass.GetVersionResponse> observer) {
		Answers.answer(observer,
				() -> VersionOuterClass.GetVersionResponse.newBuilder()
					.setControlPlaneVersion(VersionOuterClass.Version.newBuilder()
						.setBuild("flyte-connect-test")
						.setVersion(VERSION)
						.setBuildTime("2026-01-01T00:00:00Z"))
					.build());
	}

	@Override
	public void registerProject(ProjectOuterClass.ProjectRegisterRequest request,
			StreamObserver<ProjectOuterClass.ProjectRegisterResponse> observer) {
		Answers.answer(observer, () -> {
			if (!request.hasProject()) {
				throw AdminErrors.missing("project");
			}
			this.model.projects().register(request.getProject());
			return ProjectOuterClass.ProjectRegisterResponse.getDefaultInstance();
		});
	}

	@Override
	public void updateProject(ProjectOuterClass.Project request,
			StreamObserver<ProjectOuterClass.ProjectUpdateResponse> observer) {
		Answers.answer(observer, () -> {
			this.model.projects().update(request);
			return ProjectOuterClass.ProjectUpdateResponse.getDefaultInstance();
		});
	}

	@Override
	public void getProject(ProjectOuterClass.ProjectGetRequest request,
			StreamObserver<ProjectOuterClass.Project> observer) {
		Answers.answer(observer, () -> this.model.projects().get(request.getId()));
	}

	@Override
	public void listProjects(ProjectOuterClass.ProjectListRequest request,
			StreamObserver<ProjectOuterClass.Projects> observer) {
		Answers.answer(observer, () -> this.model.projects().list(request));
	}

	@Override
	public void getDomains(ProjectOuterClass.GetDomainRequest request,
			StreamObserver<ProjectOuterClass.GetDomainsResponse> observer) {
		Answers.answer(observer,
				() -> ProjectOuterClass.GetDomainsResponse.newBuilder()
					.addAllDomains(this.model.projects().domains())
					.build());
	}

	@Override
	public void createTask(TaskOuterClass.TaskCreateRequest request,
			StreamObserver<TaskOuterClass.TaskCreateResponse> observer) {
		Answers.answer(observer, () -> {
			Checks.identifier(request.hasId(), request.getId(), ResourceType.TASK);
			this.model.projects().checkUsable(request.getId().getProject(), request.getId().getDomain());
			this.model.tasks()
				.create(TaskOuterClass.Task.newBuilder()
					.setId(request.getId())
					.setClosure(TaskOuterClass.TaskClosure.newBuilder()
						.setCompiledTask(
								Compiler.CompiledTask.newBuilder().setTemplate(request.getSpec().getTemplate()))
						.setCreatedAt(Times.timestamp(this.model.clock().instant())))
					.build(), request.getSpec());
			return TaskOuterClass.TaskCreateResponse.getDefaultInstance();
		});
	}

	@Override
	public void getTask(Common.ObjectGetRequest request, StreamObserver<TaskOuterClass.Task> observer) {
		Answers.answer(observer, () -> this.model.tasks().get(request.hasId(), request.getId()));
	}

	@Override
	public void listTasks(Common.ResourceListRequest request, StreamObserver<TaskOuterClass.TaskList> observer) {
		Answers.answer(observer, () -> {
			Listing.Page<TaskOuterClass.Task> page = this.model.tasks().list("ListTasks", request);
			return TaskOuterClass.TaskList.newBuilder().addAllTasks(page.entries()).setToken(page.token()).build();
		});
	}

	@Override
	public void listTaskIds(Common.NamedEntityIdentifierListRequest request,
			StreamObserver<Common.NamedEntityIdentifierList> observer) {
		Answers.answer(observer, () -> this.model.tasks().listNames("ListTaskIds", request));
	}

	@Override
	public void createWorkflow(WorkflowOuterClass.WorkflowCreateRequest request,
			StreamObserver<WorkflowOuterClass.WorkflowCreateResponse> observer) {
		Answers.answer(observer, () -> {
			Checks.identifier(request.hasId(), request.getId(), ResourceType.WORKFLOW);
			this.model.projects().checkUsable(request.getId().getProject(), request.getId().getDomain());
			this.model.workflows()
				.create(WorkflowOuterClass.Workflow.newBuilder()
					.setId(request.getId())
					.setClosure(WorkflowOuterClass.WorkflowClosure.newBuilder()
						.setCompiledWorkflow(Compiler.CompiledWorkflowClosure.newBuilder()
							.setPrimary(Compiler.CompiledWorkflow.newBuilder()
								.setTemplate(request.getSpec().getTemplate())))
						.setCreatedAt(Times.timestamp(this.model.clock().instant())))
					.build(), request.getSpec());
			return WorkflowOuterClass.WorkflowCreateResponse.getDefaultInstance();
		});
	}

	@Override
	public void getWorkflow(Common.ObjectGetRequest request, StreamObserver<WorkflowOuterClass.Workflow> observer) {
		Answers.answer(observer, () -> this.model.workflows().get(request.hasId(), request.getId()));
	}

	@Override
	public void listWorkflows(Common.ResourceListRequest request,
			StreamObserver<WorkflowOuterClass.WorkflowList> observer) {
		Answers.answer(observer, () -> {
			Listing.Page<WorkflowOuterClass.Workflow> page = this.model.workflows().list("ListWorkflows", request);
			return WorkflowOuterClass.WorkflowList.newBuilder()
				.addAllWorkflows(page.entries())
				.setToken(page.token())
				.build();
		});
	}

	@Override
	public void listWorkflowIds(Common.NamedEntityIdentifierListRequest request,
			StreamObserver<Common.NamedEntityIdentifierList> observer) {
		Answers.answer(observer, () -> this.model.workflows().listNames("ListWorkflowIds", request));
	}

	@Override
	public void createLaunchPlan(LaunchPlanOuterClass.LaunchPlanCreateRequest request,
			StreamObserver<LaunchPlanOuterClass.LaunchPlanCreateResponse> observer) {
		Answers.answer(observer, () -> {
			this.model.launchPlans().create(request);
			return LaunchPlanOuterClass.LaunchPlanCreateResponse.getDefaultInstance();
		});
	}

	@Override
	public void updateLaunchPlan(LaunchPlanOuterClass.LaunchPlanUpdateRequest request,
			StreamObserver<LaunchPlanOuterClass.LaunchPlanUpdateResponse> observer) {
		Answers.answer(observer, () -> {
			this.model.launchPlans().update(request);
			return LaunchPlanOuterClass.LaunchPlanUpdateResponse.getDefaultInstance();
		});
	}

	@Override
	public void getLaunchPlan(Common.ObjectGetRequest request,
			StreamObserver<LaunchPlanOuterClass.LaunchPlan> observer) {
		Answers.answer(observer, () -> this.model.launchPlans().get(request.hasId(), request.getId()));
	}

	@Override
	public void getActiveLaunchPlan(LaunchPlanOuterClass.ActiveLaunchPlanRequest request,
			StreamObserver<LaunchPlanOuterClass.LaunchPlan> observer) {
		Answers.answer(observer, () -> this.model.launchPlans().active(request));
	}

	@Override
	public void listActiveLaunchPlans(LaunchPlanOuterClass.ActiveLaunchPlanListRequest request,
			StreamObserver<LaunchPlanOuterClass.LaunchPlanList> observer) {
		Answers.answer(observer, () -> this.model.launchPlans().listActive(request));
	}

	@Override
	public void listLaunchPlans(Common.ResourceListRequest request,
			StreamObserver<LaunchPlanOuterClass.LaunchPlanList> observer) {
		Answers.answer(observer, () -> {
			Listing.Page<LaunchPlanOuterClass.LaunchPlan> page = this.model.launchPlans()
				.list("ListLaunchPlans", request);
			return LaunchPlanOuterClass.LaunchPlanList.newBuilder()
				.addAllLaunchPlans(page.entries())
				.setToken(page.token())
				.build();
		});
	}

	@Override
	public void listLaunchPlanIds(Common.NamedEntityIdentifierListRequest request,
			StreamObserver<Common.NamedEntityIdentifierList> observer) {
		Answers.answer(observer, () -> this.model.launchPlans().listNames("ListLaunchPlanIds", request));
	}

	@Override
	public void createExecution(ExecutionOuterClass.ExecutionCreateRequest request,
			StreamObserver<ExecutionOuterClass.ExecutionCreateResponse> observer) {
		Answers.answer(observer,
				() -> ExecutionOuterClass.ExecutionCreateResponse.newBuilder()
					.setId(this.model.launcher().create(request))
					.build());
	}

	@Override
	public void relaunchExecution(ExecutionOuterClass.ExecutionRelaunchRequest request,
			StreamObserver<ExecutionOuterClass.ExecutionCreateResponse> observer) {
		Answers.answer(observer,
				() -> ExecutionOuterClass.ExecutionCreateResponse.newBuilder()
					.setId(this.model.launcher().relaunch(request))
					.build());
	}

	@Override
	public void getExecution(ExecutionOuterClass.WorkflowExecutionGetRequest request,
			StreamObserver<ExecutionOuterClass.Execution> observer) {
		Answers.answer(observer, () -> this.model.executions().get(request.hasId(), request.getId()));
	}

	@Override
	public void listExecutions(Common.ResourceListRequest request,
			StreamObserver<ExecutionOuterClass.ExecutionList> observer) {
		Answers.answer(observer, () -> this.model.executions().list(request));
	}

	@Override
	public void terminateExecution(ExecutionOuterClass.ExecutionTerminateRequest request,
			StreamObserver<ExecutionOuterClass.ExecutionTerminateResponse> observer) {
		Answers.answer(observer, () -> {
			this.model.executions().abort(request.hasId(), request.getId(), request.getCause(), Caller.name());
			return ExecutionOuterClass.ExecutionTerminateResponse.getDefaultInstance();
		});
	}

	@Override
	public void updateExecution(ExecutionOuterClass.ExecutionUpdateRequest request,
			StreamObserver<ExecutionOuterClass.ExecutionUpdateResponse> observer) {
		Answers.answer(observer, () -> {
			this.model.executions().setState(request.hasId(), request.getId(), request.getState(), Caller.name());
			return ExecutionOuterClass.ExecutionUpdateResponse.getDefaultInstance();
		});
	}

	@Override
	@SuppressWarnings("deprecation")
	public void getExecutionData(ExecutionOuterClass.WorkflowExecutionGetDataRequest request,
			StreamObserver<ExecutionOuterClass.WorkflowExecutionGetDataResponse> observer) {
		Answers.answer(observer, () -> {
			ExecutionOuterClass.ExecutionClosure closure = this.model.executions()
				.get(request.hasId(), request.getId())
				.getClosure();
			return ExecutionOuterClass.WorkflowExecutionGetDataResponse.newBuilder()
				.setFullInputs(closure.getComputedInputs())
				.setFullOutputs(closure.getOutputData())
				.build();
		});
	}

}
