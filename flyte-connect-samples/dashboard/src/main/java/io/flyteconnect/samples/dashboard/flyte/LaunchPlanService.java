package io.flyteconnect.samples.dashboard.flyte;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.NamedEntityIdentifierListRequest;
import flyteidl.admin.Common.ObjectGetRequest;
import flyteidl.admin.Common.ResourceListRequest;
import flyteidl.admin.Common.Sort;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.admin.LaunchPlanOuterClass.ActiveLaunchPlanListRequest;
import flyteidl.admin.LaunchPlanOuterClass.ActiveLaunchPlanRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.execution.FlyteInterface;
import io.flyteconnect.internal.text.NearName;

/**
 * The launch plans of the cluster.
 *
 * @since 0.1.0
 */
@Service
public class LaunchPlanService {

	private static final int MOST_NAMES = 200;

	private static final Sort NEWEST_FIRST = Sort.newBuilder()
		.setKey("created_at")
		.setDirection(Sort.Direction.DESCENDING)
		.build();

	private final FlyteAdminStub flyte;

	private final FlyteExecutions executions;

	private final ProjectService projects;

	LaunchPlanService(FlyteAdminStub flyte, FlyteExecutions executions, ProjectService projects) {
		this.projects = projects;
		this.flyte = flyte;
		this.executions = executions;
	}

	/**
	 * List the launch plans of a project and domain.
	 * @param project the project
	 * @param domain the domain
	 * @return at most 200, by their names
	 * @throws StatusRuntimeException if Flyte does not answer
	 */
	public List<LaunchPlanChoice> choices(String project, String domain) {
		Map<String, LaunchPlan> active = byName(this.flyte.blocking()
			.listActiveLaunchPlans(ActiveLaunchPlanListRequest.newBuilder()
				.setProject(project)
				.setDomain(domain)
				.setLimit(MOST_NAMES)
				.build())
			.getLaunchPlansList());
		Map<String, LaunchPlan> newest = byName(this.flyte.blocking()
			.listLaunchPlans(ResourceListRequest.newBuilder()
				.setId(NamedEntityIdentifier.newBuilder().setProject(project).setDomain(domain))
				.setLimit(MOST_NAMES)
				.setSortBy(NEWEST_FIRST)
				.build())
			.getLaunchPlansList());
		return names(project, domain).stream().map((name) -> choice(name, active.get(name), newest.get(name))).toList();
	}

	private static LaunchPlanChoice choice(String name, @Nullable LaunchPlan active, @Nullable LaunchPlan newest) {
		LaunchPlan launched = (active != null) ? active : newest;
		return new LaunchPlanChoice(name, (launched != null) ? FlyteInterface.of(launched) : null, active != null,
				(newest != null) ? newest.getId().getVersion() : null);
	}

	private static Map<String, LaunchPlan> byName(List<LaunchPlan> plans) {
		return plans.stream()
			.collect(Collectors.toMap((plan) -> plan.getId().getName(), (plan) -> plan, (first, later) -> first));
	}

	private List<String> names(String project, String domain) {
		return this.flyte.blocking()
			.listLaunchPlanIds(NamedEntityIdentifierListRequest.newBuilder()
				.setProject(project)
				.setDomain(domain)
				.setLimit(MOST_NAMES)
				.setSortBy(Sort.newBuilder().setKey("name").setDirection(Sort.Direction.ASCENDING))
				.build())
			.getEntitiesList()
			.stream()
			.map(NamedEntityIdentifier::getName)
			.toList();
	}

	/**
	 * Launch a launch plan: the version that the request names, else the active one, else
	 * the newest. It runs as {@code flyte.execution.*} says.
	 * @param request what to launch
	 * @return the execution
	 * @throws StatusRuntimeException if Flyte refuses, or does not answer
	 * @throws io.flyteconnect.execution.InvalidInputsException if an input is missing,
	 * unknown or does not fit its type
	 */
	public WorkflowExecutionIdentifier launch(LaunchRequest request) {
		LaunchPlan plan = find(request);
		return this.executions.launch(ExecutionCreateRequest.newBuilder()
			.setProject(request.project())
			.setDomain(request.domain())
			.setName(request.name())
			.setSpec(ExecutionSpec.newBuilder().setLaunchPlan(plan.getId()))
			.setInputs(FlyteInterface.of(plan).toLiterals(request.inputs()))
			.build());
	}

	private LaunchPlan find(LaunchRequest request) {
		// Without a name, Flyte Admin would list the launch plans of all names.
		if (request.launchPlan().isBlank()) {
			throw Status.INVALID_ARGUMENT.withDescription("missing launchPlan").asRuntimeException();
		}
		if (request.version().isEmpty()) {
			LaunchPlan active = active(request);
			return (active != null) ? active : newest(request);
		}
		Identifier id = Identifier.newBuilder()
			.setResourceType(ResourceType.LAUNCH_PLAN)
			.setProject(request.project())
			.setDomain(request.domain())
			.setName(request.launchPlan())
			.setVersion(request.version())
			.build();
		try {
			return this.flyte.blocking().getLaunchPlan(ObjectGetRequest.newBuilder().setId(id).build());
		}
		catch (StatusRuntimeException ex) {
			if (ex.getStatus().getCode() != Status.Code.NOT_FOUND) {
				throw ex;
			}
			// Where there is another version, it is this one that there is not.
			throw this.projects.notFound(request.project(), request.domain(),
					"Launch plan '" + request.launchPlan() + "' has no version '" + request.version()
							+ "'; the newest is '" + newest(request).getId().getVersion() + "'");
		}
	}

	private @Nullable LaunchPlan active(LaunchRequest request) {
		try {
			return this.flyte.blocking()
				.getActiveLaunchPlan(ActiveLaunchPlanRequest.newBuilder().setId(id(request)).build());
		}
		catch (StatusRuntimeException ex) {
			if (ex.getStatus().getCode() == Status.Code.NOT_FOUND) {
				return null;
			}
			throw ex;
		}
	}

	private static NamedEntityIdentifier id(LaunchRequest request) {
		return NamedEntityIdentifier.newBuilder()
			.setProject(request.project())
			.setDomain(request.domain())
			.setName(request.launchPlan())
			.build();
	}

	private LaunchPlan newest(LaunchRequest request) {
		return this.flyte.blocking()
			.listLaunchPlans(
					ResourceListRequest.newBuilder().setId(id(request)).setLimit(1).setSortBy(NEWEST_FIRST).build())
			.getLaunchPlansList()
			.stream()
			.findFirst()
			.orElseThrow(() -> this.projects.notFound(request.project(), request.domain(),
					"no launch plan '" + request.launchPlan() + "' in " + request.project() + "/" + request.domain()
							+ NearName.hint(request.launchPlan(), names(request.project(), request.domain()))));
	}

}
