package io.flyteconnect.samples.dashboard.flyte;

import java.util.List;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.NamedEntityIdentifierListRequest;
import flyteidl.admin.Common.ObjectGetRequest;
import flyteidl.admin.Common.ResourceListRequest;
import flyteidl.admin.Common.Sort;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.Status;
import org.springframework.stereotype.Service;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.execution.FlyteInterface;

/**
 * The launch plans of the cluster.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
@Service
public class LaunchPlanService {

	private static final int MOST_NAMES = 200;

	private final FlyteAdminStub flyte;

	private final FlyteExecutions executions;

	LaunchPlanService(FlyteAdminStub flyte, FlyteExecutions executions) {
		this.flyte = flyte;
		this.executions = executions;
	}

	/**
	 * List the launch plans of a project and domain.
	 * @param project the project
	 * @param domain the domain
	 * @return their names, at most 200
	 * @throws io.grpc.StatusRuntimeException if Flyte does not answer
	 */
	public List<String> names(String project, String domain) {
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
	 * Launch a launch plan. It runs as {@code flyte.execution.*} says.
	 * @param request what to launch
	 * @return the execution
	 * @throws io.grpc.StatusRuntimeException if Flyte refuses, or does not answer
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
		if (request.version().isEmpty()) {
			return newest(request);
		}
		Identifier id = Identifier.newBuilder()
			.setResourceType(ResourceType.LAUNCH_PLAN)
			.setProject(request.project())
			.setDomain(request.domain())
			.setName(request.launchPlan())
			.setVersion(request.version())
			.build();
		return this.flyte.blocking().getLaunchPlan(ObjectGetRequest.newBuilder().setId(id).build());
	}

	// Without a name, Flyte Admin would list the launch plans of all names.
	private LaunchPlan newest(LaunchRequest request) {
		if (request.launchPlan().isBlank()) {
			throw Status.INVALID_ARGUMENT.withDescription("missing launchPlan").asRuntimeException();
		}
		return this.flyte.blocking()
			.listLaunchPlans(ResourceListRequest.newBuilder()
				.setId(NamedEntityIdentifier.newBuilder()
					.setProject(request.project())
					.setDomain(request.domain())
					.setName(request.launchPlan()))
				.setLimit(1)
				.setSortBy(Sort.newBuilder().setKey("created_at").setDirection(Sort.Direction.DESCENDING))
				.build())
			.getLaunchPlansList()
			.stream()
			.findFirst()
			.orElseThrow(() -> Status.NOT_FOUND
				.withDescription("no launch plan '" + request.launchPlan() + "' in " + request.project() + "/"
						+ request.domain())
				.asRuntimeException());
	}

}
