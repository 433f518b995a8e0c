package io.flyteconnect.identity;

import java.util.stream.Collectors;

import flyteidl.admin.Common;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@SuppressWarnings("deprecation")
@ExtendWith(OutputCaptureExtension.class)
class AuthRoleTests {

	@Test
	void whenEverythingIsSetThenTheMessageHasItAndComesBack() {
		AuthRole role = AuthRole.builder().assumableIamRole("role").kubernetesServiceAccount("robot").build();
		assertThat(role.isEmpty()).isFalse();
		assertThat(role.toIdl()).isEqualTo(
				Common.AuthRole.newBuilder().setAssumableIamRole("role").setKubernetesServiceAccount("robot").build());
		assertThat(AuthRole.fromIdl(role.toIdl())).isEqualTo(role);
	}

	@Test
	void whenNothingIsSetThenItIsEmpty() {
		AuthRole role = AuthRole.builder().assumableIamRole("").build();
		assertThat(role.isEmpty()).isTrue();
		assertThat(role.toIdl()).isEqualTo(Common.AuthRole.getDefaultInstance());
		assertThat(AuthRole.fromIdl(role.toIdl())).isEqualTo(role);
	}

	@Test
	void whenOneIsSetThenItIsNotEmpty() {
		assertThat(AuthRole.builder().assumableIamRole("role").build().isEmpty()).isFalse();
		assertThat(AuthRole.builder().kubernetesServiceAccount("robot").build().isEmpty()).isFalse();
	}

	@Test
	void whenTextIsBlankThenTheFieldIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> AuthRole.builder().assumableIamRole(" ").build())
			.withMessage("'assumableIamRole' must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> AuthRole.builder().kubernetesServiceAccount(" ").build())
			.withMessage("'kubernetesServiceAccount' must not be blank");
	}

	@Test
	void whenWildcardIsBuiltThenOneWarningNamesTheField(CapturedOutput output) {
		AuthRole.builder().assumableIamRole("role/*").kubernetesServiceAccount("robot").build();
		assertThat(warnings(output)).containsOnlyOnce("WARN").contains("'assumableIamRole'");
		AuthRole.builder().kubernetesServiceAccount("*").build();
		assertThat(output).contains("'kubernetesServiceAccount'");
	}

	@Test
	void whenNameOfAWildcardHasLineBreaksThenTheWarningIsOneLine(CapturedOutput output) {
		AuthRole.builder().assumableIamRole("role/*\r\nERROR forged").build();
		assertThat(output.getOut().lines().filter((line) -> line.contains("forged"))).singleElement()
			.asString()
			.contains("WARN", "role/* ERROR forged");
	}

	// Other threads may warn of something else.
	private static String warnings(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("wildcard")).collect(Collectors.joining("\n"));
	}

}
