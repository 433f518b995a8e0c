package io.flyteconnect.execution;

import flyteidl.admin.Common;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.core.Security;
import org.junit.jupiter.api.Test;

import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.Identity;
import io.flyteconnect.identity.OAuth2Client;
import io.flyteconnect.identity.OAuth2TokenRequest;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.secret.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What goes into a launch: what the request says, else what is configured, and nothing
 * that Flyte Admin would drop.
 */
@SuppressWarnings("deprecation")
class ExecutionDefaultsTests {

	private static final OAuth2Client CLIENT = new OAuth2Client("client", Secret.of("group", "client-secret"));

	private static final OAuth2TokenRequest TOKEN = OAuth2TokenRequest.builder().name("token").client(CLIENT).build();

	private static final SecurityContext SECRETS = SecurityContext.builder()
		.secret(Secret.of("group", "key"))
		.token(TOKEN)
		.build();

	private static final AuthRole ROLE = AuthRole.builder()
		.assumableIamRole("role")
		.kubernetesServiceAccount("robot")
		.build();

	@Test
	void whenNothingIsConfiguredThenTheSpecificationStays() {
		ExecutionSpec spec = ExecutionSpec.newBuilder().setMaxParallelism(3).build();
		assertThat(ExecutionDefaults.NONE.applyTo(spec)).isEqualTo(spec);
		assertThat(ExecutionDefaults.NONE.applyTo(spec).hasSecurityContext()).isFalse();
		assertThat(ExecutionDefaults.NONE.applyTo(spec).hasAuthRole()).isFalse();
	}

	@Test
	void whenTheRequestSaysNothingThenItGetsWhatIsConfigured() {
		SecurityContext context = account("configured").secrets(SECRETS.secrets()).tokens(SECRETS.tokens()).build();
		ExecutionSpec spec = new ExecutionDefaults(context, ROLE)
			.applyTo(ExecutionSpec.newBuilder().setMaxParallelism(3).build());
		assertThat(spec.getSecurityContext()).isEqualTo(context.toIdl().orElseThrow());
		assertThat(spec.getAuthRole()).isEqualTo(ROLE.toIdl());
		assertThat(spec.getMaxParallelism()).isEqualTo(3);
	}

	@Test
	void whenOnlyAnAuthRoleIsConfiguredThenItGoesAlone() {
		ExecutionSpec spec = new ExecutionDefaults(SecurityContext.builder().build(), ROLE)
			.applyTo(ExecutionSpec.getDefaultInstance());
		assertThat(spec.getAuthRole()).isEqualTo(ROLE.toIdl());
		assertThat(spec.hasSecurityContext()).isFalse();
	}

	@Test
	void whenTheAuthRoleIsEmptyThenItIsNone() {
		ExecutionDefaults defaults = new ExecutionDefaults(SecurityContext.builder().build(), new AuthRole("", null));
		assertThat(defaults.authRole()).isNull();
		assertThat(defaults.applyTo(ExecutionSpec.getDefaultInstance()).hasAuthRole()).isFalse();
	}

	@Test
	void whenTheRequestNamesSomebodyThenNothingOfTheConfiguredIdentityIsMixedIn() {
		SecurityContext context = SecurityContext.builder()
			.runAs(Identity.builder().iamRole("configured").oauth2Client(CLIENT).build())
			.secrets(SECRETS.secrets())
			.build();
		ExecutionSpec spec = new ExecutionDefaults(context, ROLE).applyTo(spec(account("own").build()));
		assertThat(spec.getSecurityContext().getRunAs())
			.isEqualTo(Security.Identity.newBuilder().setK8SServiceAccount("own").build());
		assertThat(spec.getSecurityContext().getSecretsList()).containsExactly(SECRETS.secrets().get(0).toIdl());
		assertThat(spec.hasAuthRole()).isFalse();
	}

	@Test
	void whenTheRequestHasSecretsAndTokensThenTheseWin() {
		SecurityContext configured = account("configured").secrets(SECRETS.secrets()).tokens(SECRETS.tokens()).build();
		SecurityContext own = SecurityContext.builder()
			.secret(Secret.of("own", "key"))
			.token(OAuth2TokenRequest.builder().name("own").client(CLIENT).build())
			.build();
		Security.SecurityContext context = new ExecutionDefaults(configured, null).applyTo(spec(own))
			.getSecurityContext();
		assertThat(context.getRunAs().getK8SServiceAccount()).isEqualTo("configured");
		assertThat(context.getSecretsList()).containsExactly(own.secrets().get(0).toIdl());
		assertThat(context.getTokensList()).containsExactly(own.tokens().get(0).toIdl());
	}

	@Test
	void whenTheRequestHasAnAuthRoleThenItWinsOverTheConfiguredIdentity() {
		SecurityContext configured = account("configured").secrets(SECRETS.secrets()).build();
		Common.AuthRole own = Common.AuthRole.newBuilder().setKubernetesServiceAccount("own").build();
		ExecutionSpec spec = new ExecutionDefaults(configured, ROLE)
			.applyTo(ExecutionSpec.newBuilder().setAuthRole(own).build());
		assertThat(spec.getAuthRole()).isEqualTo(own);
		assertThat(spec.getSecurityContext().getRunAs().getK8SServiceAccount()).isEqualTo("own");
		assertThat(spec.getSecurityContext().getRunAs().getIamRole()).isEmpty();
		assertThat(spec.getSecurityContext().getSecretsCount()).isOne();
	}

	@Test
	void whenTheRequestBringsAnOauth2ClientAloneThenTheConfiguredIdentityKeepsIt() {
		SecurityContext own = SecurityContext.builder().runAs(Identity.builder().oauth2Client(CLIENT).build()).build();
		Security.Identity runAs = new ExecutionDefaults(account("configured").build(), null).applyTo(spec(own))
			.getSecurityContext()
			.getRunAs();
		assertThat(runAs.getK8SServiceAccount()).isEqualTo("configured");
		assertThat(runAs.getOauth2Client()).isEqualTo(CLIENT.toIdl());
	}

	@Test
	void whenNobodyIsNamedThenTheAuthRoleFillsIn() {
		Security.SecurityContext context = new ExecutionDefaults(SECRETS, ROLE)
			.applyTo(ExecutionSpec.getDefaultInstance())
			.getSecurityContext();
		assertThat(context.getRunAs().getIamRole()).isEqualTo("role");
		assertThat(context.getRunAs().getK8SServiceAccount()).isEqualTo("robot");
		assertThat(context.getSecretsCount()).isOne();
		assertThat(context.getTokensCount()).isOne();
		ExecutionSpec own = new ExecutionDefaults(SecurityContext.builder().build(), ROLE).applyTo(spec(SECRETS));
		assertThat(own.getSecurityContext().getRunAs()).isEqualTo(context.getRunAs());
		assertThat(own.getAuthRole()).isEqualTo(ROLE.toIdl());
	}

	@Test
	void whenAnExecutionIdentityIsNamedThenThatIsEnough() {
		SecurityContext context = SecurityContext.builder()
			.runAs(Identity.builder().executionIdentity("user").build())
			.secrets(SECRETS.secrets())
			.build();
		assertThat(
				new ExecutionDefaults(context, ROLE).applyTo(ExecutionSpec.getDefaultInstance()).getSecurityContext())
			.isEqualTo(context.toIdl().orElseThrow());
	}

	@Test
	void whenNobodyIsNamedAtAllThenWhatWouldBeLostIsRefused() {
		SecurityContext client = SecurityContext.builder()
			.runAs(Identity.builder().oauth2Client(CLIENT).build())
			.build();
		assertThatIllegalArgumentException().isThrownBy(() -> new ExecutionDefaults(SECRETS, null))
			.withMessageContaining("Flyte Admin drops")
			.withMessageContaining("'k8sServiceAccount'");
		assertThatIllegalArgumentException().isThrownBy(() -> new ExecutionDefaults(client, null));
		assertThatIllegalArgumentException().isThrownBy(() -> ExecutionDefaults.NONE.applyTo(spec(SECRETS)))
			.withMessageContaining("auth role");
		assertThatIllegalArgumentException().isThrownBy(() -> ExecutionDefaults.NONE.applyTo(spec(client)));
	}

	@Test
	void whenAnIdentityIsThereAndEmptyThenNothingIsLost() {
		SecurityContext context = SecurityContext.builder().runAs(Identity.builder().build()).build();
		assertThat(ExecutionDefaults.NONE.applyTo(spec(context))).isEqualTo(spec(context));
	}

	private static SecurityContext.Builder account(String account) {
		return SecurityContext.builder().runAs(Identity.builder().k8sServiceAccount(account).build());
	}

	private static ExecutionSpec spec(SecurityContext context) {
		return ExecutionSpec.newBuilder().setSecurityContext(context.toIdl().orElseThrow()).build();
	}

}
