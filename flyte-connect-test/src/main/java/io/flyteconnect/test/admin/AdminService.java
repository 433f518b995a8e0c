package io.flyteconnect.test.admin;

import flyteidl.admin.Common;
import flyteidl.admin.ExecutionOuterClass;
import flyteidl.admin.LaunchPlanOuterClass;
import io.grpc.stub.StreamObserver;

/**
 * {@code flyteidl.service.AdminService} over the model: launch plans and executions, and
 * what it inherits. What is in none of them is answered UNIMPLEMENTED by gRPC.
 */
class AdminService extends WorkflowMethods {

	private final FlyteModel model;

	private final ExecutionDataStore data;

	AdminService(FlyteModel model, ExecutionDataStore data) {
		super(model);
		this.model = model;
		this.data = data;
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
	public void getExecutionData(ExecutionOuterClass.WorkflowExecutionGetDataRequest request,
			StreamObserver<ExecutionOuterClass.WorkflowExecutionGetDataResponse> observer) {
		Answers.answer(observer, () -> this.data.get(this.model.executions().get(request.hasId(), request.getId())));
	}

}
