package io.flyteconnect.test.admin;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.google.protobuf.Timestamp;
import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.LaunchPlanOuterClass.ActiveLaunchPlanListRequest;
import flyteidl.admin.LaunchPlanOuterClass.ActiveLaunchPlanRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanClosure;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanCreateRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanList;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanState;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanUpdateRequest;
import flyteidl.admin.WorkflowOuterClass.Workflow;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.Literals.LiteralMap;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The launch plans. Each starts inactive; activating a version deactivates the one
 * before.
 */
class LaunchPlanStore extends EntityStore<LaunchPlan> {

	private final EntityStore<Workflow> workflows;

	private final Clock clock;

	private final Map<Identifier, LiteralMap> outcomes = new ConcurrentHashMap<>();

	LaunchPlanStore(EntityStore<Workflow> workflows, Clock clock) {
		super("launch plan", ResourceType.LAUNCH_PLAN, LaunchPlan::getId);
		this.workflows = workflows;
		this.clock = clock;
		columns().number("state", (plan) -> (long) plan.getClosure().getStateValue())
			.time("created_at", (plan) -> Times.instant(plan.getClosure().getCreatedAt()))
			.text("workflow.name", (plan) -> plan.getSpec().getWorkflowId().getName())
			.text("workflow.version", (plan) -> plan.getSpec().getWorkflowId().getVersion());
	}

	void create(LaunchPlanCreateRequest request) {
		this.workflows.get(request.getSpec().hasWorkflowId(), request.getSpec().getWorkflowId());
		Checks.identifier(request.hasId(), request.getId(), ResourceType.LAUNCH_PLAN);
		Timestamp now = Times.timestamp(this.clock.instant());
		create(LaunchPlan.newBuilder()
			.setId(request.getId())
			.setSpec(request.getSpec())
			.setClosure(LaunchPlanClosure.newBuilder()
				.setState(LaunchPlanState.INACTIVE)
				.setExpectedInputs(request.getSpec().getDefaultInputs())
				.setCreatedAt(now)
				.setUpdatedAt(now))
			.build(), request.getSpec());
	}

	synchronized void update(LaunchPlanUpdateRequest request) {
		LaunchPlan plan = get(request.hasId(), request.getId());
		if (request.getState() == LaunchPlanState.ACTIVE) {
			versions(plan.getId()).forEach((other) -> setState(other.getId(), LaunchPlanState.INACTIVE));
		}
		setState(plan.getId(), request.getState());
	}

	private void setState(Identifier id, LaunchPlanState state) {
		Timestamp now = Times.timestamp(this.clock.instant());
		update(id,
				(plan) -> plan.toBuilder()
					.setClosure(plan.getClosure().toBuilder().setState(state).setUpdatedAt(now))
					.build());
	}

	/**
	 * Let the executions of a launch plan succeed at once.
	 * @param id the launch plan
	 * @param outputs their outputs
	 */
	void setOutcome(Identifier id, LiteralMap outputs) {
		this.outcomes.put(id, outputs);
	}

	@Nullable LiteralMap outcome(Identifier id) {
		return this.outcomes.get(id);
	}

	private List<LaunchPlan> versions(Identifier id) {
		return all().stream()
			.filter((plan) -> plan.getId()
				.toBuilder()
				.clearVersion()
				.build()
				.equals(id.toBuilder().clearVersion().build()))
			.toList();
	}

	LaunchPlan active(ActiveLaunchPlanRequest request) {
		NamedEntityIdentifier id = request.getId();
		Checks.projectAndDomain(id.getProject(), id.getDomain());
		Checks.notEmpty(id.getName(), "name");
		return findActive(Identifier.newBuilder()
			.setProject(id.getProject())
			.setDomain(id.getDomain())
			.setName(id.getName())
			.build())
			.orElseThrow(() -> Status.NOT_FOUND
				.withDescription("No active launch plan could be found: " + id.getProject() + ":" + id.getDomain() + ":"
						+ id.getName())
				.asRuntimeException());
	}

	Optional<LaunchPlan> findActive(Identifier id) {
		return all().stream()
			.filter((plan) -> plan.getClosure().getState() == LaunchPlanState.ACTIVE)
			.filter((plan) -> plan.getId().getProject().equals(id.getProject())
					&& plan.getId().getDomain().equals(id.getDomain()) && plan.getId().getName().equals(id.getName()))
			.findFirst();
	}

	LaunchPlanList listActive(ActiveLaunchPlanListRequest request) {
		Checks.projectAndDomain(request.getProject(), request.getDomain());
		Checks.limit(request.getLimit());
		List<LaunchPlan> active = all().stream()
			.filter((plan) -> Objects.equals(plan.getId().getProject(), request.getProject())
					&& plan.getId().getDomain().equals(request.getDomain())
					&& plan.getClosure().getState() == LaunchPlanState.ACTIVE)
			.toList();
		Listing.Page<LaunchPlan> page = new Listing("ListActiveLaunchPlans", request.getLimit(), request.getToken(), "",
				request.hasSortBy() ? request.getSortBy() : null)
			.of(active, columns());
		return LaunchPlanList.newBuilder().addAllLaunchPlans(page.entries()).setToken(page.token()).build();
	}

}
