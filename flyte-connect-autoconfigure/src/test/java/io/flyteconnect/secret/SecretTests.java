package io.flyteconnect.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import flyteidl.core.Security;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SecretTests {

	@Test
	void whenBuiltThenEveryFieldIsThere() {
		Secret secret = Secret.builder()
			.group("db")
			.groupVersion("v1")
			.key("password")
			.mountRequirement(MountRequirement.FILE)
			.envVar("DB_PASSWORD")
			.build();
		assertThat(secret).isEqualTo(new Secret("db", "v1", "password", MountRequirement.FILE, "DB_PASSWORD"));
	}

	@Test
	void whenNamedShortlyThenItMayBeMountedEitherWay() {
		assertThat(Secret.of("db", "password"))
			.isEqualTo(new Secret("db", null, "password", MountRequirement.ANY, null));
		assertThat(Secret.of("db", "v1", "password"))
			.isEqualTo(new Secret("db", "v1", "password", MountRequirement.ANY, null));
	}

	@Test
	void whenPartIsEmptyThenItIsAbsent() {
		assertThat(Secret.builder().group("").groupVersion("").key("k").build())
			.isEqualTo(Secret.builder().key("k").build());
		assertThat(Secret.builder().group("g").key("").build()).isEqualTo(Secret.builder().group("g").build());
	}

	@Test
	void whenNeitherGroupNorKeyIsSetThenBothAreNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> Secret.builder().groupVersion("v1").build())
			.withMessage("'group' or 'key' must be set");
	}

	@Test
	void whenPartIsBlankThenItIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(" ", "k"))
			.withMessage("'group' must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> Secret.of("g", "\t"))
			.withMessage("'key' must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> Secret.of("g", "\n", "k"))
			.withMessage("'groupVersion' must not be blank");
	}

	@Test
	@SuppressWarnings("NullAway")
	void whenMountRequirementIsAbsentThenItIsNamed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Secret.builder().group("g").mountRequirement(null).build())
			.withMessage("'mountRequirement' must not be null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "A", "_", "_A", "A1", "A_B_2", "__", "HF_TOKEN" })
	void whenVariableIsWellFormedThenItIsAccepted(String name) {
		assertThat(Secret.builder().group("g").envVar(name).build().envVar()).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a", "1A", "A-B", "A B", "A.B", "A=B", "Ä", "A\n", "\nA", "A\0", "A\u2028" })
	void whenVariableIsNotWellFormedThenItIsNamed(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> Secret.builder().group("g").envVar(name).build())
			.withMessageStartingWith("'envVar' must be capital letters");
	}

	@Test
	void whenDeclaredThenItNeedsAGroup() {
		Secret secret = Secret.of("g", "k");
		assertThat(secret.requireGroup()).isSameAs(secret);
		assertThatIllegalArgumentException().isThrownBy(() -> Secret.builder().key("k").build().requireGroup())
			.withMessageStartingWith("'group' must be set");
	}

	@ParameterizedTest
	@MethodSource("secrets")
	void whenTurnedIntoTheIdlAndBackThenNothingIsLost(Secret secret) throws Exception {
		byte[] wire = secret.toIdl().toByteArray();
		assertThat(Secret.fromIdl(Security.Secret.parseFrom(wire))).isEqualTo(secret);
	}

	static Stream<Secret> secrets() {
		List<Secret> secrets = new ArrayList<>();
		for (MountRequirement mount : MountRequirement.values()) {
			for (int set = 0; set < 16; set++) {
				String group = text(set, 1, "g");
				String key = text(set, 2, "k");
				if (group != null || key != null) {
					secrets.add(new Secret(group, text(set, 4, "v"), key, mount, text(set, 8, "V")));
				}
			}
		}
		return secrets.stream();
	}

	private static @Nullable String text(int set, int bit, String text) {
		return ((set & bit) != 0) ? text : null;
	}

	@Test
	void whenTurnedIntoTheIdlThenEveryFieldIsThere() {
		Security.Secret idl = new Secret("g", "v", "k", MountRequirement.ENV_VAR, "E").toIdl();
		assertThat(idl).isEqualTo(Security.Secret.newBuilder()
			.setGroup("g")
			.setGroupVersion("v")
			.setKey("k")
			.setMountRequirement(Security.Secret.MountType.ENV_VAR)
			.setEnvVar("E")
			.build());
	}

	@Test
	void whenMessageNamesNoSecretThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Secret.fromIdl(Security.Secret.getDefaultInstance()))
			.withMessage("'group' or 'key' must be set");
	}

	@ParameterizedTest
	@EnumSource(MountRequirement.class)
	void whenMountRequirementIsTurnedIntoTheIdlAndBackThenItIsTheSame(MountRequirement requirement) {
		assertThat(requirement.toIdl().name()).isEqualTo(requirement.name());
		assertThat(MountRequirement.fromIdl(requirement.toIdl())).isEqualTo(requirement);
	}

	@Test
	void whenMountRequirementIsOfANewerIdlThenItIsNamed() {
		Security.Secret idl = Security.Secret.newBuilder().setGroup("g").setMountRequirementValue(7).build();
		assertThatIllegalArgumentException().isThrownBy(() -> Secret.fromIdl(idl))
			.withMessageContaining("'mountRequirement'");
	}

}
