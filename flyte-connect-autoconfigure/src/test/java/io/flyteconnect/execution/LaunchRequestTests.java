package io.flyteconnect.execution;

import flyteidl.admin.Common.Labels;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Literals.Primitive;
import flyteidl.core.Literals.Scalar;
import org.junit.jupiter.api.Test;

import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.Identity;
import io.flyteconnect.identity.SecurityContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LaunchRequestTests {

	@Test
	void whenLaunchPlanIsNamedThenItRunsWhereItIs() {
		ExecutionCreateRequest idl = LaunchRequest.launchPlan("p", "d", "plan", "v1").build().idl();
		assertThat(idl.getProject()).isEqualTo("p");
		assertThat(idl.getDomain()).isEqualTo("d");
		assertThat(idl.getName()).isEmpty();
		assertThat(idl.getSpec().getLaunchPlan()).isEqualTo(id(ResourceType.LAUNCH_PLAN, "v1"));
		assertThat(idl.hasInputs()).isFalse();
	}

	@Test
	void whenTaskIsNamedThenItIsTheTarget() {
		assertThat(LaunchRequest.task("p", "d", "plan", "v1").build().idl().getSpec().getLaunchPlan())
			.isEqualTo(id(ResourceType.TASK, "v1"));
	}

	@Test
	void whenEverythingIsSetThenTheRequestHasIt() {
		ExecutionCreateRequest idl = LaunchRequest.launchPlan("p", "d", "plan")
			.executeIn("other", "production")
			.name("mine")
			.input("a", number(1))
			.inputs(LiteralMap.newBuilder().putLiterals("b", number(2)).build())
			.securityContext(
					SecurityContext.builder().runAs(Identity.builder().k8sServiceAccount("robot").build()).build())
			.authRole(AuthRole.builder().assumableIamRole("role").build())
			.spec((spec) -> spec.setLabels(Labels.newBuilder().putValues("team", "x")))
			.build()
			.idl();
		assertThat(idl.getProject()).isEqualTo("other");
		assertThat(idl.getDomain()).isEqualTo("production");
		assertThat(idl.getName()).isEqualTo("mine");
		assertThat(idl.getInputs().getLiteralsMap()).containsOnlyKeys("a", "b");
		assertThat(idl.getSpec().getLaunchPlan()).isEqualTo(id(ResourceType.LAUNCH_PLAN, ""));
		assertThat(idl.getSpec().getSecurityContext().getRunAs().getK8SServiceAccount()).isEqualTo("robot");
		assertThat(authRole(idl)).isEqualTo("role");
		assertThat(idl.getSpec().getLabels().getValuesMap()).containsEntry("team", "x");
	}

	@Test
	void whenContextIsEmptyThenThereIsNone() {
		LaunchRequest.Builder request = LaunchRequest.launchPlan("p", "d", "plan");
		request.spec((spec) -> spec.getSecurityContextBuilder().getRunAsBuilder().setIamRole("role"));
		request.securityContext(SecurityContext.builder().build());
		assertThat(request.build().idl().getSpec().hasSecurityContext()).isFalse();
	}

	@Test
	void whenNothingCanBeLaunchedThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LaunchRequest.of(id(ResourceType.WORKFLOW, "v1")))
			.withMessageContaining("WORKFLOW");
		assertThatIllegalArgumentException().isThrownBy(() -> LaunchRequest.launchPlan("", "d", "plan"))
			.withMessage("'project' must be set");
		assertThatIllegalArgumentException().isThrownBy(() -> LaunchRequest.launchPlan("p", " ", "plan"))
			.withMessage("'domain' must be set");
		assertThatIllegalArgumentException().isThrownBy(() -> LaunchRequest.launchPlan("p", "d", ""))
			.withMessage("'name' must be set");
		assertThatIllegalArgumentException().isThrownBy(() -> LaunchRequest.task("p", "d", "plan", ""))
			.withMessage("'version' must be set for a task");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LaunchRequest.launchPlan("p", "d", "plan").name("Not_A_Name"))
			.withMessageContaining("'Not_A_Name'");
	}

	@SuppressWarnings("deprecation")
	private static String authRole(ExecutionCreateRequest idl) {
		return idl.getSpec().getAuthRole().getAssumableIamRole();
	}

	private static Identifier id(ResourceType type, String version) {
		return Identifier.newBuilder()
			.setResourceType(type)
			.setProject("p")
			.setDomain("d")
			.setName("plan")
			.setVersion(version)
			.build();
	}

	private static Literal number(long value) {
		return Literal.newBuilder()
			.setScalar(Scalar.newBuilder().setPrimitive(Primitive.newBuilder().setInteger(value)))
			.build();
	}

}
