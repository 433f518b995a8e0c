package io.flyteconnect.internal.call;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The methods of Flyte's services that change nothing, so that they may be sent twice.
 * The IDL does not say which they are. They are named here, as asking the IDL for its
 * methods would load all of its messages when the application starts.
 */
public final class ReadMethods {

	private static final Map<String, List<String>> BY_SERVICE = Map.of("flyteidl.service.AdminService",
			List.of("GetTask", "ListTaskIds", "ListTasks", "GetWorkflow", "ListWorkflowIds", "ListWorkflows",
					"GetLaunchPlan", "GetActiveLaunchPlan", "ListActiveLaunchPlans", "ListLaunchPlanIds",
					"ListLaunchPlans", "GetExecution", "GetExecutionData", "ListExecutions", "GetNodeExecution",
					"GetDynamicNodeWorkflow", "ListNodeExecutions", "ListNodeExecutionsForTask", "GetNodeExecutionData",
					"ListProjects", "GetProject", "GetDomains", "GetTaskExecution", "ListTaskExecutions",
					"GetTaskExecutionData", "GetProjectDomainAttributes", "GetProjectAttributes",
					"GetWorkflowAttributes", "ListMatchableAttributes", "ListNamedEntities", "GetNamedEntity",
					"GetVersion", "GetDescriptionEntity", "ListDescriptionEntities", "GetExecutionMetrics"),
			"flyteidl.service.DataProxyService", List.of("GetData"), "flyteidl.service.SignalService",
			List.of("ListSignals"), "flyteidl.service.IdentityService", List.of("UserInfo"),
			"flyteidl.service.AuthMetadataService", List.of("GetOAuth2Metadata", "GetPublicClientConfig"));

	private static final Set<String> FULL_NAMES = BY_SERVICE.entrySet()
		.stream()
		.flatMap((service) -> service.getValue().stream().map((name) -> service.getKey() + "/" + name))
		.collect(Collectors.toUnmodifiableSet());

	private ReadMethods() {
	}

	public static Set<String> fullNames() {
		return FULL_NAMES;
	}

}
