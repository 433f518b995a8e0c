package io.flyteconnect.internal.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every method of Flyte's services, classified by hand. A new one in the IDL fails here
 * until somebody has decided whether it may be sent twice.
 */
class ReadMethodsTests {

	private static final Map<String, List<String>> READS = Map.of("flyteidl.service.AdminService",
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

	private static final Map<String, List<String>> WRITES = Map.of("flyteidl.service.AdminService",
			List.of("CreateTask", "CreateWorkflow", "CreateLaunchPlan", "UpdateLaunchPlan", "CreateExecution",
					"RelaunchExecution", "RecoverExecution", "UpdateExecution", "TerminateExecution", "RegisterProject",
					"UpdateProject", "CreateWorkflowEvent", "CreateNodeEvent", "CreateTaskEvent",
					"UpdateProjectDomainAttributes", "DeleteProjectDomainAttributes", "UpdateProjectAttributes",
					"DeleteProjectAttributes", "UpdateWorkflowAttributes", "DeleteWorkflowAttributes",
					"UpdateNamedEntity"),
			"flyteidl.service.DataProxyService",
			List.of("CreateUploadLocation", "CreateDownloadLocation", "CreateDownloadLink"),
			// The first of them makes the signal where it does not exist.
			"flyteidl.service.SignalService", List.of("GetOrCreateSignal", "SetSignal"),
			"flyteidl.service.IdentityService", List.of(), "flyteidl.service.AuthMetadataService", List.of());

	@Test
	void whenMethodsAreClassifiedThenReadsAreThoseDecidedByHand() {
		assertThat(methods(true)).isEqualTo(sorted(READS));
	}

	@Test
	void whenMethodsAreClassifiedThenAllOthersAreWritesDecidedByHand() {
		assertThat(methods(false)).isEqualTo(sorted(WRITES));
	}

	private static Map<String, List<String>> methods(boolean read) {
		Map<String, List<String>> result = new TreeMap<>();
		for (ServiceDescriptor service : ReadMethods.SERVICES) {
			List<String> names = service.getMethods()
				.stream()
				.filter((method) -> ReadMethods.fullNames().contains(method.getFullMethodName()) == read)
				.map(MethodDescriptor::getBareMethodName)
				.sorted()
				.toList();
			result.put(service.getName(), names);
		}
		return result;
	}

	private static Map<String, List<String>> sorted(Map<String, List<String>> methods) {
		Map<String, List<String>> result = new TreeMap<>();
		methods.forEach((service, names) -> {
			List<String> sorted = new ArrayList<>(names);
			sorted.sort(null);
			result.put(service, sorted);
		});
		return result;
	}

}
