package io.flyteconnect.internal.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AuthMetadataServiceGrpc;
import flyteidl.service.DataProxyServiceGrpc;
import flyteidl.service.IdentityServiceGrpc;
import flyteidl.service.SignalServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every method of Flyte's services, classified by hand: what is no read is named here. A
 * new one in the IDL fails here until somebody has decided whether it may be sent twice.
 */
class ReadMethodsTests {

	private static final List<ServiceDescriptor> SERVICES = List.of(AdminServiceGrpc.getServiceDescriptor(),
			DataProxyServiceGrpc.getServiceDescriptor(), SignalServiceGrpc.getServiceDescriptor(),
			IdentityServiceGrpc.getServiceDescriptor(), AuthMetadataServiceGrpc.getServiceDescriptor());

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
	void whenMethodsAreClassifiedThenReadsAreCalledSoAndThereIsEachOfThem() {
		List<MethodDescriptor<?, ?>> reads = SERVICES.stream()
			.<MethodDescriptor<?, ?>>flatMap((service) -> service.getMethods().stream())
			.filter((method) -> ReadMethods.fullNames().contains(method.getFullMethodName()))
			.toList();
		assertThat(reads).hasSameSizeAs(ReadMethods.fullNames())
			.allSatisfy((method) -> assertThat(method.getBareMethodName()).matches("(Get|List|UserInfo).*"))
			.allSatisfy((method) -> assertThat(method.getType()).isEqualTo(MethodType.UNARY));
	}

	@Test
	void whenMethodsAreClassifiedThenAllOthersAreWritesDecidedByHand() {
		assertThat(writes()).isEqualTo(sorted(WRITES));
	}

	private static Map<String, List<String>> writes() {
		Map<String, List<String>> result = new TreeMap<>();
		for (ServiceDescriptor service : SERVICES) {
			List<String> names = service.getMethods()
				.stream()
				.filter((method) -> !ReadMethods.fullNames().contains(method.getFullMethodName()))
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
