package io.flyteconnect.test.admin;

import flyteidl.admin.Common;
import flyteidl.admin.TaskOuterClass;
import flyteidl.admin.WorkflowOuterClass;
import flyteidl.core.Compiler;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import io.grpc.stub.StreamObserver;

/**
 * The methods of {@code flyteidl.service.AdminService} for tasks and workflows.
 */
abstract class WorkflowMethods extends ProjectMethods {

	private final FlyteModel model;

	WorkflowMethods(FlyteModel model) {
		super(model);
		this.model = model;
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

}
