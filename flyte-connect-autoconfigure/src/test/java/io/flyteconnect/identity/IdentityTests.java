package io.flyteconnect.identity;

import java.util.stream.Collectors;

import flyteidl.core.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.secret.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ExtendWith(OutputCaptureExtension.class)
class IdentityTests {

	private static final OAuth2Client CLIENT = new OAuth2Client("client", Secret.of("group", "key"));

	@Test
	void whenEverythingIsSetThenTheMessageHasItAndComesBack() {
		Identity identity = Identity.builder()
			.iamRole("arn:aws:iam::1:role/r")
			.k8sServiceAccount("robot")
			.oauth2Client(CLIENT)
			.executionIdentity("user-1")
			.build();
		Security.Identity idl = identity.toIdl();
		assertThat(idl.getIamRole()).isEqualTo("arn:aws:iam::1:role/r");
		assertThat(idl.getK8SServiceAccount()).isEqualTo("robot");
		assertThat(idl.getOauth2Client()).isEqualTo(CLIENT.toIdl());
		assertThat(idl.getExecutionIdentity()).isEqualTo("user-1");
		assertThat(Identity.fromIdl(idl)).isEqualTo(identity);
	}

	@Test
	void whenNothingIsSetThenTheMessageIsEmptyAndComesBack() {
		Identity identity = Identity.builder().build();
		assertThat(identity.toIdl()).isEqualTo(Security.Identity.getDefaultInstance());
		assertThat(Identity.fromIdl(identity.toIdl())).isEqualTo(identity);
	}

	@Test
	void whenTextIsEmptyThenItIsAbsent() {
		assertThat(new Identity("", "", null, "")).isEqualTo(new Identity(null, null, null, null));
	}

	@Test
	void whenClientOfAMessageIsEmptyThenItIsAbsent() {
		Security.Identity idl = Security.Identity.newBuilder()
			.setOauth2Client(Security.OAuth2Client.getDefaultInstance())
			.build();
		assertThat(Identity.fromIdl(idl).oauth2Client()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { " ", "\t", "\u2003\n" })
	void whenTextIsBlankThenTheFieldIsNamed(String blank) {
		assertThatIllegalArgumentException().isThrownBy(() -> Identity.builder().iamRole(blank).build())
			.withMessage("'iamRole' must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> Identity.builder().k8sServiceAccount(blank).build())
			.withMessage("'k8sServiceAccount' must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> Identity.builder().executionIdentity(blank).build())
			.withMessage("'executionIdentity' must not be blank");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Identity.fromIdl(Security.Identity.newBuilder().setIamRole(blank).build()))
			.withMessage("'iamRole' must not be blank");
	}

	@Test
	void whenWildcardIsBuiltThenOneWarningNamesTheField(CapturedOutput output) {
		Identity.builder().iamRole("arn:aws:iam::1:role/*").k8sServiceAccount("robot").build();
		assertThat(warnings(output)).containsOnlyOnce("WARN")
			.containsOnlyOnce("'iamRole'")
			.contains("arn:aws:iam::1:role/*");
		Identity.builder().k8sServiceAccount("*").build();
		Identity.builder().executionIdentity("*").build();
		assertThat(output).containsOnlyOnce("'k8sServiceAccount'").containsOnlyOnce("'executionIdentity'");
	}

	@Test
	void whenWildcardIsReadThenNothingIsLogged(CapturedOutput output) {
		Identity identity = Identity.fromIdl(Security.Identity.newBuilder().setIamRole("role/*").build());
		assertThat(identity.iamRole()).isEqualTo("role/*");
		assertThat(output).doesNotContain("role/*");
	}

	// Other threads may warn of something else.
	private static String warnings(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("wildcard")).collect(Collectors.joining("\n"));
	}

}
