package io.flyteconnect.test.admin;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.google.protobuf.Timestamp;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionClosure;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionMetadata;
import flyteidl.admin.ExecutionOuterClass.ExecutionRelaunchRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanSpec;
import flyteidl.admin.TaskOuterClass.Task;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Interface.Parameter;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes executions from launch plans and tasks
 * ({@code flyteadmin/pkg/manager/impl/execution_manager.go}).
 */
class Launcher {

	private static final String NAME_CHARACTERS = "bcdfghjklmnpqrstvwxz2456789";

	private final SecureRandom random = new SecureRandom();

	private final ProjectStore projects;

	private final EntityStore<Task> tasks;

	private final LaunchPlanStore launchPlans;

	private final ExecutionStore executions;

	private final Clock clock;

	Launcher(ProjectStore projects, EntityStore<Task> tasks, LaunchPlanStore launchPlans, ExecutionStore executions,
			Clock clock) {
		this.projects = projects;
		this.tasks = tasks;
		this.launchPlans = launchPlans;
		this.executions = executions;
		this.clock = clock;
	}

	WorkflowExecutionIdentifier create(ExecutionCreateRequest request) {
		Checks.projectAndDomain(request.getProject(), request.getDomain());
		if (!request.getName().isEmpty()) {
			Checks.executionName(request.getName().toLowerCase(Locale.ROOT));
		}
		this.projects.checkUsable(request.getProject(), request.getDomain());
		if (!request.hasSpec()) {
			throw AdminErrors.missing("spec");
		}
		ExecutionSpec spec = request.getSpec();
		Checks.identifier(spec.hasLaunchPlan(), spec.getLaunchPlan());
		@SuppressWarnings("deprecation")
		LiteralMap inputs = (request.getInputs().getLiteralsCount() > 0) ? request.getInputs() : spec.getInputs();
		return launch(request, spec, inputs);
	}

	private WorkflowExecutionIdentifier launch(ExecutionCreateRequest request, ExecutionSpec spec, LiteralMap inputs) {
		Identifier workflow;
		LiteralMap computed;
		LaunchPlanSpec planSpec = LaunchPlanSpec.getDefaultInstance();
		ResourceType type = spec.getLaunchPlan().getResourceType();
		if (type == ResourceType.TASK) {
			workflow = this.tasks.get(true, spec.getLaunchPlan()).getId();
			computed = inputs;
		}
		else if (type == ResourceType.LAUNCH_PLAN) {
			LaunchPlan plan = this.launchPlans.get(true, spec.getLaunchPlan());
			planSpec = plan.getSpec();
			workflow = planSpec.getWorkflowId();
			computed = inputs(plan, inputs);
		}
		else {
			throw AdminErrors.invalid("Invalid reference entity resource type [" + type
					+ "], only [map[LAUNCH_PLAN:<nil> TASK:<nil>]] allowed");
		}
		String name = request.getName().isEmpty() ? generateName() : request.getName();
		WorkflowExecutionIdentifier id = WorkflowExecutionIdentifier.newBuilder()
			.setProject(request.getProject())
			.setDomain(request.getDomain())
			.setName(name)
			.build();
		Timestamp now = Times.timestamp(this.clock.instant());
		ExecutionMetadata metadata = spec.getMetadata().toBuilder().setPrincipal(Caller.name()).build();
		@SuppressWarnings("deprecation")
		ExecutionClosure closure = ExecutionClosure.newBuilder()
			.setWorkflowId(workflow)
			.setComputedInputs(computed)
			.setCreatedAt(now)
			.setUpdatedAt(now)
			.build();
		this.executions.add(Execution.newBuilder()
			.setId(id)
			.setSpec(spec.toBuilder()
				.setMetadata(metadata)
				.setSecurityContext(SecurityContexts.resolve(spec, planSpec, Caller.name())))
			.setClosure(closure)
			.build());
		LiteralMap outcome = this.launchPlans.outcome(spec.getLaunchPlan());
		if (outcome != null) {
			this.executions.succeed(id, outcome);
		}
		return id;
	}

	private LiteralMap inputs(LaunchPlan plan, LiteralMap given) {
		Map<String, Parameter> expected = plan.getClosure().getExpectedInputs().getParametersMap();
		given.getLiteralsMap().keySet().forEach((name) -> {
			if (!expected.containsKey(name)) {
				throw AdminErrors.invalid("invalid input " + name);
			}
		});
		Map<String, Literal> computed = new LinkedHashMap<>(given.getLiteralsMap());
		expected.forEach((name, parameter) -> {
			if (!computed.containsKey(name) && parameter.getRequired()) {
				throw AdminErrors.invalid("expected_inputs " + name + " missing");
			}
			computed.putIfAbsent(name, parameter.getDefault());
		});
		plan.getSpec().getFixedInputs().getLiteralsMap().forEach((name, fixed) -> {
			if (computed.putIfAbsent(name, fixed) != null) {
				throw AdminErrors.invalid("fixed_inputs " + name + " cannot be overridden");
			}
		});
		return LiteralMap.newBuilder().putAllLiterals(computed).build();
	}

	WorkflowExecutionIdentifier relaunch(ExecutionRelaunchRequest request) {
		Execution old = this.executions.get(request.hasId(), request.getId());
		ExecutionMetadata metadata = old.getSpec()
			.getMetadata()
			.toBuilder()
			.setMode(ExecutionMetadata.ExecutionMode.RELAUNCH)
			.setReferenceExecution(old.getId())
			.build();
		ExecutionSpec spec = old.getSpec()
			.toBuilder()
			.setMetadata(metadata)
			.setOverwriteCache(request.getOverwriteCache())
			.build();
		return create(ExecutionCreateRequest.newBuilder()
			.setProject(old.getId().getProject())
			.setDomain(old.getId().getDomain())
			.setName(request.getName())
			.setSpec(spec)
			.setInputs(givenInputs(old))
			.build());
	}

	@SuppressWarnings("deprecation")
	private LiteralMap givenInputs(Execution old) {
		@Nullable LaunchPlan plan = this.launchPlans.find(old.getSpec().getLaunchPlan());
		LiteralMap.Builder inputs = old.getClosure().getComputedInputs().toBuilder();
		if (plan != null) {
			plan.getSpec().getFixedInputs().getLiteralsMap().keySet().forEach(inputs::removeLiterals);
		}
		return inputs.build();
	}

	/**
	 * Make a name: the letter {@code a} and 19 more of those that Kubernetes uses.
	 * @return the name
	 */
	private String generateName() {
		StringBuilder name = new StringBuilder("a");
		for (int i = 0; i < 19; i++) {
			name.append(NAME_CHARACTERS.charAt(this.random.nextInt(NAME_CHARACTERS.length())));
		}
		return name.toString();
	}

}
