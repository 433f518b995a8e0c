package io.flyteconnect.test.admin;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.ResourceListRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanCreateRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanSpec;
import flyteidl.admin.WorkflowOuterClass.WorkflowCreateRequest;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Interface.Parameter;
import flyteidl.core.Interface.ParameterMap;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.Primitive;
import flyteidl.core.Literals.Scalar;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.TestClient;

/**
 * A server with one project, and the requests of its tests.
 */
abstract class AdminFixture {

	FlyteTestServer server;

	TestClient client;

	AdminServiceBlockingStub admin;

	@BeforeEach
	void start() {
		this.server = FlyteTestServer.start();
		this.client = TestClient.plaintext(this.server);
		this.admin = this.client.admin();
		this.server.admin().addProject("p");
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.server.close();
	}

	static Identifier id(ResourceType type, String name, String version) {
		return Identifier.newBuilder()
			.setResourceType(type)
			.setProject("p")
			.setDomain("development")
			.setName(name)
			.setVersion(version)
			.build();
	}

	static Literal number(long value) {
		return Literal.newBuilder()
			.setScalar(Scalar.newBuilder().setPrimitive(Primitive.newBuilder().setInteger(value)))
			.build();
	}

	void createWorkflow(String name, String version) {
		this.admin
			.createWorkflow(WorkflowCreateRequest.newBuilder().setId(id(ResourceType.WORKFLOW, name, version)).build());
	}

	void createPlan(String name, String version) {
		createWorkflow(name, version);
		this.admin.createLaunchPlan(LaunchPlanCreateRequest.newBuilder()
			.setId(id(ResourceType.LAUNCH_PLAN, name, version))
			.setSpec(LaunchPlanSpec.newBuilder()
				.setWorkflowId(id(ResourceType.WORKFLOW, name, version))
				.setDefaultInputs(ParameterMap.newBuilder()
					.putParameters("needed", Parameter.newBuilder().setRequired(true).build())
					.putParameters("optional", Parameter.newBuilder().setDefault(number(7)).build())))
			.build());
	}

	static ExecutionCreateRequest.Builder execution(String name, String plan) {
		ExecutionCreateRequest.Builder request = ExecutionCreateRequest.newBuilder()
			.setProject("p")
			.setDomain("development")
			.setName(name)
			.setSpec(ExecutionSpec.newBuilder().setLaunchPlan(id(ResourceType.LAUNCH_PLAN, plan, "1")));
		request.getInputsBuilder().putLiterals("needed", number(1));
		return request;
	}

	WorkflowExecutionIdentifier launch(String name) {
		return this.admin.createExecution(execution(name, "wf").build()).getId();
	}

	static ResourceListRequest.Builder list(String project, String domain) {
		return ResourceListRequest.newBuilder()
			.setId(NamedEntityIdentifier.newBuilder().setProject(project).setDomain(domain))
			.setLimit(100);
	}

}
