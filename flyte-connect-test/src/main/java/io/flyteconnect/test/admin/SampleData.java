package io.flyteconnect.test.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.google.protobuf.Timestamp;
import flyteidl.admin.ExecutionOuterClass.AbortMetadata;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionClosure;
import flyteidl.admin.ExecutionOuterClass.ExecutionMetadata;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanClosure;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanCreateRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanSpec;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanState;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanUpdateRequest;
import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.WorkflowOuterClass.Workflow;
import flyteidl.admin.WorkflowOuterClass.WorkflowClosure;
import flyteidl.admin.WorkflowOuterClass.WorkflowSpec;
import flyteidl.core.Execution.ExecutionError;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Types.LiteralType;

/**
 * Projects, workflows, launch plans and executions to look at. They are the same each
 * time but for their times, which end now.
 */
class SampleData {

	private static final int EXECUTIONS = 50;

	private static final String VERSION = "v1";

	private static final List<Target> TARGETS = List.of(
			new Target("flytesnacks", "development", "hello_world", SampleInterface.HELLO_WORLD),
			new Target("flytesnacks", "development", "basics.training_pipeline", SampleInterface.TRAINING_PIPELINE),
			new Target("flytesnacks", "production", "hello_world", SampleInterface.HELLO_WORLD),
			new Target("forecasting", "production", "daily_demand", SampleInterface.DAILY_DEMAND),
			new Target("forecasting", "staging", "backtest", SampleInterface.BACKTEST),
			new Target("genomics", "production", "variant_calling", SampleInterface.VARIANT_CALLING));

	private static final List<Phase> PHASES = List.of(Phase.SUCCEEDED, Phase.SUCCEEDED, Phase.FAILED, Phase.SUCCEEDED,
			Phase.ABORTED, Phase.SUCCEEDED, Phase.TIMED_OUT, Phase.SUCCEEDED);

	private final FlyteModel model;

	private final Instant now;

	// A fixed seed: the same data for each server.
	private final Random random = new Random(42);

	SampleData(FlyteModel model) {
		this.model = model;
		this.now = model.clock().instant();
	}

	void add() {
		addProject("flytesnacks", "Getting started with Flyte");
		addProject("forecasting", "Demand forecasts");
		addProject("genomics", "Sequencing pipelines");
		TARGETS.forEach(this::addTarget);
		Instant created = this.now.minus(Duration.ofDays(3));
		Duration step = Duration.ofDays(3).dividedBy(EXECUTIONS);
		for (int i = 0; i < EXECUTIONS; i++) {
			created = created.plus(step);
			this.model.executions().add(execution(i, TARGETS.get(i % TARGETS.size()), created.minusSeconds(90)));
		}
	}

	private void addProject(String id, String description) {
		this.model.projects().register(Project.newBuilder().setId(id).setName(id).setDescription(description).build());
	}

	private void addTarget(Target target) {
		Timestamp created = Times.timestamp(this.now.minus(Duration.ofDays(7)));
		this.model.workflows()
			.create(Workflow.newBuilder()
				.setId(target.id(ResourceType.WORKFLOW))
				.setClosure(WorkflowClosure.newBuilder().setCreatedAt(created))
				.build(), WorkflowSpec.getDefaultInstance());
		Identifier plan = target.id(ResourceType.LAUNCH_PLAN);
		this.model.launchPlans()
			.create(LaunchPlanCreateRequest.newBuilder()
				.setId(plan)
				.setSpec(LaunchPlanSpec.newBuilder().setWorkflowId(target.id(ResourceType.WORKFLOW)))
				.build());
		this.model.launchPlans()
			.update(LaunchPlanUpdateRequest.newBuilder().setId(plan).setState(LaunchPlanState.ACTIVE).build());
		target.types().describe(new TestLaunchPlan(this.model.launchPlans(), plan));
	}

	private Execution execution(int number, Target target, Instant created) {
		return Execution.newBuilder()
			.setId(WorkflowExecutionIdentifier.newBuilder()
				.setProject(target.project())
				.setDomain(target.domain())
				.setName("sample-%02d".formatted(number + 1)))
			.setSpec(ExecutionSpec.newBuilder()
				.setLaunchPlan(target.id(ResourceType.LAUNCH_PLAN))
				.setMetadata(ExecutionMetadata.newBuilder().setPrincipal("sample")))
			.setClosure(closure(number, target, created))
			.build();
	}

	@SuppressWarnings("deprecation")
	private void addData(int number, Target target, ExecutionClosure.Builder closure) {
		LaunchPlanClosure plan = this.model.launchPlans().get(true, target.id(ResourceType.LAUNCH_PLAN)).getClosure();
		Map<String, LiteralType> inputs = new HashMap<>();
		plan.getExpectedInputs()
			.getParametersMap()
			.forEach((name, parameter) -> inputs.put(name, parameter.getVar().getType()));
		closure.setComputedInputs(SampleInterface.literals(target.types().inputs(number), inputs));
		if (closure.getPhase() == Phase.SUCCEEDED) {
			closure.setOutputData(SampleInterface.literals(target.types().outputs(number),
					SampleInterface.types(plan.getExpectedOutputs())));
		}
	}

	private ExecutionClosure closure(int number, Target target, Instant created) {
		// The newest ones are still under way.
		Phase phase = (number < EXECUTIONS - 8) ? PHASES.get(number % PHASES.size())
				: (number < EXECUTIONS - 2) ? Phase.RUNNING : Phase.QUEUED;
		ExecutionClosure.Builder closure = ExecutionClosure.newBuilder()
			.setPhase(phase)
			.setWorkflowId(target.id(ResourceType.WORKFLOW))
			.setCreatedAt(Times.timestamp(created))
			.setUpdatedAt(Times.timestamp(created));
		Instant started = created.plusSeconds(2 + this.random.nextInt(20));
		Duration duration = Duration.ofSeconds(20 + this.random.nextInt(2400));
		if (phase != Phase.QUEUED) {
			closure.setStartedAt(Times.timestamp(started)).setUpdatedAt(Times.timestamp(started));
		}
		if (phase != Phase.QUEUED && phase != Phase.RUNNING) {
			closure.setDuration(Times.duration(duration)).setUpdatedAt(Times.timestamp(started.plus(duration)));
		}
		if (phase == Phase.FAILED) {
			closure.setError(ExecutionError.newBuilder()
				.setCode("USER:ValueError")
				.setKind(ExecutionError.ErrorKind.USER)
				.setMessage("The input has no rows"));
		}
		if (phase == Phase.ABORTED) {
			closure.setAbortMetadata(AbortMetadata.newBuilder().setCause("No longer needed").setPrincipal("sample"));
		}
		addData(number, target, closure);
		return closure.build();
	}

	private record Target(String project, String domain, String name, SampleInterface types) {

		private Identifier id(ResourceType type) {
			return Identifier.newBuilder()
				.setResourceType(type)
				.setProject(this.project)
				.setDomain(this.domain)
				.setName(this.name)
				.setVersion(VERSION)
				.build();
		}

	}

}
