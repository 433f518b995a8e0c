package io.flyteconnect.test.admin;

import flyteidl.admin.Common.AuthRole;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionRelaunchRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.admin.LaunchPlanOuterClass.Auth;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanCreateRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanSpec;
import flyteidl.admin.TaskOuterClass.TaskCreateRequest;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Security.Identity;
import flyteidl.core.Security.OAuth2Client;
import flyteidl.core.Security.OAuth2TokenRequest;
import flyteidl.core.Security.Secret;
import flyteidl.core.Security.SecurityContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the test server makes of a security context, as Flyte Admin does.
 */
@SuppressWarnings("deprecation")
class SecurityContextTests extends AdminFixture {

	private static final SecurityContext SECRETS = SecurityContext.newBuilder()
		.setRunAs(Identity.newBuilder().setOauth2Client(OAuth2Client.newBuilder().setClientId("client")))
		.addSecrets(Secret.newBuilder().setGroup("group").setKey("key"))
		.addTokens(OAuth2TokenRequest.newBuilder().setName("token"))
		.build();

	@ParameterizedTest
	@ValueSource(strings = { "iam_role", "k8s_service_account", "execution_identity" })
	void whenSomebodyIsNamedThenTheContextIsKept(String field) {
		SecurityContext.Builder context = SECRETS.toBuilder();
		context.getRunAsBuilder().setField(Identity.getDescriptor().findFieldByName(field), "robot");
		assertThat(launched(spec().setSecurityContext(context).setAuthRole(role("other")), plan()))
			.isEqualTo(context.build());
	}

	@Test
	void whenNobodyIsNamedThenTheContextIsDropped() {
		assertThat(launched(spec().setSecurityContext(SECRETS), plan())).isEqualTo(account(""));
	}

	@Test
	void whenNobodyIsNamedThenTheAuthRoleTakesItsPlace() {
		assertThat(launched(spec().setSecurityContext(SECRETS).setAuthRole(role("robot")), plan()))
			.isEqualTo(account("robot"));
	}

	@Test
	void whenThereIsAnAuthRoleAloneThenItBecomesTheContext() {
		AuthRole role = AuthRole.newBuilder().setAssumableIamRole("iam").build();
		assertThat(launched(spec().setAuthRole(role), plan()).getRunAs().getIamRole()).isEqualTo("iam");
	}

	@Test
	void whenTheLaunchPlanHasAContextThenItComesAfterThatOfTheRequest() {
		LaunchPlanSpec.Builder plan = plan().setSecurityContext(account("plan"));
		assertThat(launched(spec().setSecurityContext(SECRETS).setAuthRole(role("request")), plan))
			.isEqualTo(account("plan"));
		assertThat(launched(spec().setSecurityContext(account("request")), plan)).isEqualTo(account("request"));
	}

	@Test
	void whenTheLaunchPlanHasAnAuthRoleThenItComesAfterThatOfTheRequest() {
		LaunchPlanSpec.Builder plan = plan().setRole("oldest")
			.setAuth(Auth.newBuilder().setKubernetesServiceAccount("older"));
		assertThat(launched(spec(), plan().setRole("oldest")).getRunAs().getIamRole()).isEqualTo("oldest");
		assertThat(launched(spec(), plan)).isEqualTo(account("older"));
		assertThat(launched(spec(), plan.setAuthRole(role("plan")))).isEqualTo(account("plan"));
		assertThat(launched(spec().setAuthRole(role("request")), plan)).isEqualTo(account("request"));
		assertThat(launched(spec().setAuthRole(AuthRole.getDefaultInstance()), plan)).isEqualTo(account(""));
	}

	@Test
	void whenATaskIsLaunchedThenTheSameHolds() {
		this.admin.createTask(TaskCreateRequest.newBuilder().setId(id(ResourceType.TASK, "task", "1")).build());
		ExecutionSpec.Builder spec = ExecutionSpec.newBuilder().setLaunchPlan(id(ResourceType.TASK, "task", "1"));
		assertThat(context(execution("", "none").setSpec(spec.setSecurityContext(SECRETS)))).isEqualTo(account(""));
		assertThat(context(execution("", "none").setSpec(spec.setAuthRole(role("robot"))))).isEqualTo(account("robot"));
	}

	@Test
	void whenRelaunchedThenTheResolvedContextGoesOn() {
		createPlan("wf", "1");
		ExecutionCreateRequest.Builder request = execution("old", "wf");
		request.getSpecBuilder().setSecurityContext(account("robot"));
		WorkflowExecutionIdentifier old = this.admin.createExecution(request.build()).getId();
		WorkflowExecutionIdentifier id = this.admin
			.relaunchExecution(ExecutionRelaunchRequest.newBuilder().setId(old).build())
			.getId();
		assertThat(this.server.executions().get(id).getSpec().getSecurityContext()).isEqualTo(account("robot"));
	}

	@Test
	void whenACallerIsKnownThenTheyAreTheExecutionIdentityUnlessOneIsNamed() {
		SecurityContext unnamed = resolved(spec().setAuthRole(role("robot")), "caller");
		assertThat(unnamed.getRunAs().getK8SServiceAccount()).isEqualTo("robot");
		assertThat(unnamed.getRunAs().getExecutionIdentity()).isEqualTo("caller");
		SecurityContext.Builder named = SECRETS.toBuilder();
		named.getRunAsBuilder().setExecutionIdentity("somebody");
		assertThat(resolved(spec().setSecurityContext(named), "caller")).isEqualTo(named.build());
	}

	private static SecurityContext resolved(ExecutionSpec.Builder spec, String caller) {
		return SecurityContexts.resolve(spec.build(), plan().build(), caller);
	}

	private SecurityContext launched(ExecutionSpec.Builder spec, LaunchPlanSpec.Builder plan) {
		String name = "wf" + System.nanoTime();
		createWorkflow(name, "1");
		this.admin.createLaunchPlan(LaunchPlanCreateRequest.newBuilder()
			.setId(id(ResourceType.LAUNCH_PLAN, name, "1"))
			.setSpec(plan.setWorkflowId(id(ResourceType.WORKFLOW, name, "1")))
			.build());
		return context(
				execution("", name).clearInputs().setSpec(spec.setLaunchPlan(id(ResourceType.LAUNCH_PLAN, name, "1"))));
	}

	private SecurityContext context(ExecutionCreateRequest.Builder request) {
		WorkflowExecutionIdentifier id = this.admin.createExecution(request.build()).getId();
		return this.server.executions().get(id).getSpec().getSecurityContext();
	}

	private static ExecutionSpec.Builder spec() {
		return ExecutionSpec.newBuilder();
	}

	private static LaunchPlanSpec.Builder plan() {
		return LaunchPlanSpec.newBuilder();
	}

	private static AuthRole role(String account) {
		return AuthRole.newBuilder().setKubernetesServiceAccount(account).build();
	}

	private static SecurityContext account(String account) {
		return SecurityContext.newBuilder().setRunAs(Identity.newBuilder().setK8SServiceAccount(account)).build();
	}

}
