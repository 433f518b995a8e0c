package io.flyteconnect.identity;

import java.util.ArrayList;
import java.util.List;

import flyteidl.core.Security;
import org.junit.jupiter.api.Test;

import io.flyteconnect.secret.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SecurityContextTests {

	private static final Secret SECRET = Secret.of("group", "key");

	private static final OAuth2TokenRequest TOKEN = OAuth2TokenRequest.builder()
		.name("token")
		.client(new OAuth2Client("client", SECRET))
		.build();

	@Test
	void whenEverythingIsSetThenTheMessageHasItInOrderAndComesBack() {
		Secret other = Secret.of("group", "v1", "other");
		SecurityContext context = SecurityContext.builder()
			.runAs(Identity.builder().k8sServiceAccount("robot").build())
			.secret(SECRET)
			.secrets(List.of(other))
			.token(TOKEN)
			.tokens(List.of())
			.build();
		Security.SecurityContext idl = context.toIdl().orElseThrow();
		assertThat(idl.getRunAs().getK8SServiceAccount()).isEqualTo("robot");
		assertThat(idl.getSecretsList()).containsExactly(SECRET.toIdl(), other.toIdl());
		assertThat(idl.getTokensList()).containsExactly(TOKEN.toIdl());
		assertThat(SecurityContext.fromIdl(idl)).isEqualTo(context);
	}

	@Test
	void whenNothingIsSetThenThereIsNoMessage() {
		SecurityContext empty = SecurityContext.builder().build();
		assertThat(empty.isEmpty()).isTrue();
		assertThat(empty.toIdl()).isEmpty();
		assertThat(SecurityContext.fromIdl(Security.SecurityContext.getDefaultInstance())).isEqualTo(empty);
	}

	@Test
	void whenIdentityIsThereAndEmptyThenItStaysThere() {
		SecurityContext context = SecurityContext.builder().runAs(Identity.builder().build()).build();
		assertThat(context.isEmpty()).isFalse();
		Security.SecurityContext idl = context.toIdl().orElseThrow();
		assertThat(idl.hasRunAs()).isTrue();
		assertThat(SecurityContext.fromIdl(idl)).isEqualTo(context);
	}

	@Test
	void whenSecretHasNoGroupThenRefused() {
		Secret groupless = Secret.builder().key("key").build();
		assertThatIllegalArgumentException().isThrownBy(() -> SecurityContext.builder().secret(groupless).build())
			.withMessageStartingWith("'group' must be set");
		Security.SecurityContext idl = Security.SecurityContext.newBuilder().addSecrets(groupless.toIdl()).build();
		assertThatIllegalArgumentException().isThrownBy(() -> SecurityContext.fromIdl(idl))
			.withMessageStartingWith("'group' must be set");
	}

	@Test
	void whenMountRequirementIsOfANewerIdlThenItIsNamed() {
		Security.SecurityContext.Builder newer = Security.SecurityContext.newBuilder();
		newer.addSecretsBuilder().setGroup("group").setMountRequirementValue(9);
		assertThatIllegalArgumentException().isThrownBy(() -> SecurityContext.fromIdl(newer.build()))
			.withMessageContaining("'mountRequirement'");
	}

	@Test
	void whenListsChangeLaterThenTheContextDoesNot() {
		List<Secret> secrets = new ArrayList<>(List.of(SECRET));
		SecurityContext context = new SecurityContext(null, secrets, List.of());
		secrets.clear();
		assertThat(context.secrets()).containsExactly(SECRET);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> context.secrets().clear());
	}

}
