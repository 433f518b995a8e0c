package io.flyteconnect.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.internal.secret.SecretPlaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where secrets are looked for, and in which order.
 */
class FlyteSecretSourceTests {

	private static final String OWN = "environment variable OWN";

	private final Path first;

	private final Path second;

	private final Map<String, String> variables = new HashMap<>();

	private String envPrefix = "_FSEC_";

	private String filePrefix = "";

	FlyteSecretSourceTests(@TempDir Path root) {
		this.first = root.resolve("etc/secrets");
		this.second = root.resolve("etc/flyte/secrets");
	}

	@Test
	void whenASecretIsNowhereThenEveryPlaceIsNamedInOrder() {
		assertThat(source().places(Secret.of("My-Group", "V.1", "Pass-Word"))).containsExactly(
				variable("_FSEC_MY-GROUP_V.1_PASS-WORD"), variable("MY-GROUP_V.1_PASS-WORD"),
				variable("_FSEC_MY-GROUP_PASS-WORD"), variable("_FSEC_MY_GROUP_V_1_PASS_WORD"),
				variable("MY_GROUP_V_1_PASS_WORD"), variable("_FSEC_MY_GROUP_PASS_WORD"),
				first("my-group/v.1/pass-word"), first("my-group/pass-word"), first("my-group/v.1"),
				first("My-Group/Pass-Word"), second("my-group/v.1/pass-word"), second("my-group/pass-word"),
				second("my-group/v.1"), second("My-Group/Pass-Word"));
	}

	@Test
	void whenNamesArePlainThenNoPlaceIsNamedTwice() {
		assertThat(source().places(Secret.of("db", "pw"))).containsExactly(variable("_FSEC_DB_PW"), variable("DB_PW"),
				first("db/pw"), second("db/pw"));
	}

	@Test
	void whenOnlyGroupOrKeyIsThereThenItIsTheWholeName() {
		assertThat(source().places(Secret.builder().group("db").build())).containsExactly(variable("_FSEC_DB"),
				variable("DB"), first("db"), second("db"));
		assertThat(source().places(Secret.builder().key("pw").build())).containsExactly(variable("_FSEC_PW"),
				variable("PW"), first("pw"), second("pw"));
		assertThat(source().places(Secret.builder().group("db").groupVersion("v1").build()))
			.containsExactly(variable("_FSEC_DB_V1"), variable("DB_V1"), first("db/v1"), second("db/v1"));
	}

	@Test
	void whenPlaceIsEmptyThenTheNextOneIsLookedAt() throws IOException {
		Secret secret = Secret.builder().group("My-Group").groupVersion("V1").key("Pw").envVar("OWN").build();
		List<String> names = List.of("OWN", "_FSEC_MY-GROUP_V1_PW", "MY-GROUP_V1_PW", "_FSEC_MY-GROUP_PW",
				"_FSEC_MY_GROUP_V1_PW", "MY_GROUP_V1_PW", "_FSEC_MY_GROUP_PW");
		names.forEach((name) -> this.variables.put(name, "value of " + name));
		List<Path> files = new ArrayList<>();
		for (Path folder : List.of(this.first, this.second)) {
			// A folder of a version cannot be a file at the same time.
			files.add(write(folder, "my-group/v1/pw"));
			files.add(write(folder, "my-group/pw"));
			files.add(write(folder, "My-Group/Pw"));
		}
		for (String name : names) {
			assertFound(secret, variable(name), "value of " + name);
			this.variables.remove(name);
		}
		for (Path file : files) {
			assertFound(secret, "file " + file, "content of " + file);
			Files.delete(file);
		}
		assertThat(source().find(secret)).isNull();
	}

	@Test
	void whenVersionIsAFileThenItIsTheSecretOfGoogleCloud() throws IOException {
		Path file = write(this.second, "db/7");
		assertFound(Secret.of("db", "7", "pw"), "file " + file, "content of " + file);
		assertFound(Secret.builder().group("db").groupVersion("7").build(), "file " + file, "content of " + file);
	}

	@Test
	void whenVariableIsEmptyThenItCountsAsFound() throws IOException {
		write(this.first, "db/pw");
		this.variables.put("_FSEC_DB_PW", "");
		assertFound(Secret.of("db", "pw"), variable("_FSEC_DB_PW"), "");
	}

	@Test
	void whenInsideATaskThenVariablesNeedThePrefix() {
		this.variables.put("DB_PW", "unprefixed");
		assertFound(Secret.of("db", "pw"), variable("DB_PW"), "unprefixed");
		this.variables.put("FLYTE_INTERNAL_EXECUTION_ID", "");
		assertThat(source().find(Secret.of("db", "pw"))).isNull();
		assertThat(source().places(Secret.of("my-db", "pw"))).containsExactly(variable("_FSEC_MY-DB_PW"),
				variable("_FSEC_MY_DB_PW"), first("my-db/pw"), second("my-db/pw"));
	}

	@Test
	void whenThePrefixIsThatOfFlyte2ThenThePlacesOfItsWebhookAndSdkFollow() {
		this.envPrefix = "_UNION_";
		this.variables.put("FLYTE_INTERNAL_EXECUTION_ID", "r7x");
		assertThat(source().places(Secret.of("my-db", "v1", "Pw"))).containsExactly(variable("_UNION_MY-DB_V1_PW"),
				variable("MY-DB_V1_PW"), variable("_UNION_MY-DB_PW"), variable("_UNION_PW"),
				variable("_UNION_MY_DB_V1_PW"), variable("MY_DB_V1_PW"), variable("_UNION_MY_DB_PW"),
				first("my-db/v1/pw"), first("my-db/pw"), first("my-db/v1"), first("my-db/Pw"), first("pw"), first("Pw"),
				second("my-db/v1/pw"), second("my-db/pw"), second("my-db/v1"), second("my-db/Pw"), second("pw"),
				second("Pw"));
		assertThat(source().places(Secret.builder().key("pw").build())).containsExactly(variable("_UNION_PW"),
				variable("PW"), first("pw"), second("pw"));
	}

	@Test
	void whenFlyte2HasInjectedASecretThenItIsFoundInATask() throws IOException {
		this.envPrefix = "_UNION_";
		this.variables.put("FLYTE_INTERNAL_EXECUTION_ID", "r7x");
		for (String name : List.of("_UNION_MY_DB_PW", "_UNION_PW", "MY_DB_PW")) {
			this.variables.put(name, "of " + name);
			assertFound(Secret.of("my-db", "Pw"), variable(name), "of " + name);
			this.variables.remove(name);
		}
		// Its embedded manager gives the path in lower case, and leaves the file as it
		// is.
		Path embedded = write(this.second, "Pw");
		this.variables.put("OWN", this.second.resolve("pw").toString());
		assertFound(
				Secret.builder().group("my-db").key("Pw").envVar("OWN").mountRequirement(MountRequirement.FILE).build(),
				"file " + embedded, "content of " + embedded);
		// A folder of the group is no secret, and with Azure there is a file.
		Path group = Files.createDirectories(this.second.resolve("my-db"));
		assertFound(Secret.of("my-db", "Pw"), "file " + embedded, "content of " + embedded);
		Files.delete(group);
		Path azure = write(this.second, "my-db");
		assertFound(Secret.of("my-db", "Pw"), "file " + azure, "content of " + azure);
	}

	@Test
	void whenThePrefixIsThatOfFlyte1ThenASecretOfAnotherGroupWithTheSameKeyIsNotTaken() throws IOException {
		this.variables.put("_FSEC_PW", "of another group");
		write(this.second, "pw");
		write(this.second, "my-db");
		assertThat(source().find(Secret.of("my-db", "pw"))).isNull();
	}

	@Test
	void whenFilesHaveAPrefixThenItIsThatOfTheLastPart() throws IOException {
		this.filePrefix = "S-";
		assertThat(source().places(Secret.of("db", "v", "Pw"))).containsSequence(first("db/v/S-pw"), first("db/S-pw"),
				first("db/S-v"), first("db/S-Pw"));
		assertThat(source().places(Secret.builder().group("db").build())).contains(first("S-db"));
	}

	@ParameterizedTest
	@EnumSource(MountRequirement.class)
	void whenMountRequirementIsSetThenItLimitsWhereToLook(MountRequirement requirement) {
		Secret secret = new Secret("db", null, "pw", requirement, null);
		List<String> variables = List.of(variable("_FSEC_DB_PW"), variable("DB_PW"));
		List<String> files = List.of(first("db/pw"), second("db/pw"));
		List<String> expected = new ArrayList<>();
		expected.addAll((requirement != MountRequirement.FILE) ? variables : List.of());
		expected.addAll((requirement != MountRequirement.ENV_VAR) ? files : List.of());
		assertThat(source().places(secret)).isEqualTo(expected);
	}

	@Test
	void whenOwnVariableHoldsTheSecretThenItIsTheValue() throws IOException {
		Path file = write(this.first, "db/pw");
		this.variables.put("OWN", file.toString());
		assertFound(own(MountRequirement.ENV_VAR), OWN, file.toString());
		this.variables.put("OWN", "plain");
		assertFound(own(MountRequirement.ANY), OWN, "plain");
	}

	@Test
	void whenOwnVariableHoldsAPathThenTheFileIsRead() throws IOException {
		Path file = write(this.second.getParent(), "elsewhere");
		this.variables.put("OWN", file.toString());
		assertFound(own(MountRequirement.FILE), "the file that environment variable OWN names", "content of " + file);
	}

	@ParameterizedTest
	@ValueSource(strings = { "db/pw", "db/v1/pw" })
	void whenEitherWayIsRightThenThePathOfTheSecretsOwnFileIsNoSecret(String name) throws IOException {
		Path file = write(this.second.getParent(), name);
		this.variables.put("OWN", file.toString());
		Secret secret = Secret.builder().group("db").groupVersion("v1").key("pw").envVar("OWN").build();
		assertFound(secret, "the file that environment variable OWN names", "content of " + file);
	}

	@Test
	void whenOwnFileIsInAVolumeOfKubernetesThenItIsRead() throws IOException {
		Path group = Files.createDirectories(this.second.resolve("db"));
		new KubernetesVolume(group).write(Map.of("pw", "mounted"));
		this.variables.put("OWN", group.resolve("pw").toString());
		assertFound(own(MountRequirement.FILE), "the file that environment variable OWN names", "mounted");
	}

	@Test
	void whenOwnVariableNamesNoFileThenTheOtherPlacesFollow() throws IOException {
		Path file = write(this.second, "db/pw");
		assertFound(own(MountRequirement.FILE), "file " + file, "content of " + file);
		this.variables.put("OWN", this.first.resolve("absent").toString());
		assertFound(own(MountRequirement.FILE), "file " + file, "content of " + file);
	}

	@Test
	void whenOwnVariableHoldsTheSecretByMistakeThenItIsNotShown() {
		this.variables.put("OWN", "s3cret-by-mistake");
		assertThat(source().find(own(MountRequirement.FILE))).isNull();
		assertThat(source().places(own(MountRequirement.FILE))).contains("the file that environment variable OWN names")
			.noneMatch((place) -> place.contains("s3cret"));
	}

	@Test
	void whenOwnFileLeadsElsewhereThenItIsRefusedWithoutItsPath() throws IOException {
		Path outside = write(this.first.getParent(), "outside");
		Path link = Files.createSymbolicLink(Files.createDirectories(this.second).resolve("own"), outside);
		this.variables.put("OWN", link.toString());
		assertThatExceptionOfType(UnreadableSecretException.class)
			.isThrownBy(() -> source().find(own(MountRequirement.FILE)))
			.withMessage("The secret in the file that environment variable OWN names cannot be read:"
					+ " a link leads out of the folder of its group");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "..", "../x", "a/b", "/abs", "a\\b", "a..b", "..data", "a\nb", "a\0b", "a\u007fb", "a\u0085b" })
	void whenNameIsNotSafeThenItIsRefusedAndNamed(String name) {
		assertRefused("'group' must not contain", Secret.of(name, "pw"));
		assertRefused("'groupVersion' must not contain", Secret.of("db", name, "pw"));
		assertRefused("'key' must not contain", Secret.of("db", name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "pw\u2028", "\u202epw", "p\u200bw", "\ud800pw" })
	void whenANameHasWhatNobodySeesThenItIsRefused(String name) {
		assertRefused("'group' must not contain control characters", Secret.of(name, "pw"));
		assertRefused("'key' must not contain control characters",
				Secret.builder().group("db").key(name).envVar("HOME").build());
	}

	@Test
	void whenANameIsLongerThanAnyStoreHasThenItIsRefusedAndNotRepeated() {
		Secret secret = Secret.of("db", "s".repeat(513));
		assertRefused("'key' must not have more than 512 characters.", secret);
		assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> source().find(secret))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(200));
		assertThat(source().find(Secret.of("db", "s".repeat(200)))).isNull();
	}

	private void assertRefused(String message, Secret secret) {
		assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> source().find(secret))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.getMessage().chars()).noneMatch(Character::isISOControl));
		assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> source().places(secret));
	}

	@Test
	void whenFirstPlaceCannotBeReadThenTheNextOneIsNotTaken() throws IOException {
		write(this.second, "db/pw");
		Files.createDirectories(this.first.resolve("db"));
		Files.createSymbolicLink(this.first.resolve("db/pw"), write(this.first.getParent(), "outside"));
		assertThatExceptionOfType(UnreadableSecretException.class)
			.isThrownBy(() -> source().find(Secret.of("db", "pw")))
			.withMessageContaining(first("db/pw"));
	}

	@Test
	void whenPrintedThenNeitherVariablesNorSecretsAreShown() {
		this.variables.put("_FSEC_DB_PW", "s3cret");
		assertThat(source()).hasToString("FlyteSecretSource");
		assertThat(new SecretPlaces(locations(), this.variables).of(Secret.of("db", "pw")).toString())
			.doesNotContain("s3cret");
		assertThat(SecretResolver.of(source())).hasToString("SecretResolver[FlyteSecretSource]");
	}

	@Test
	void whenNothingIsConfiguredThenBothFoldersAreLookedAt() {
		assertThat(SecretLocations.standard()).isEqualTo(
				new SecretLocations("_FSEC_", List.of(Path.of("/etc/secrets"), Path.of("/etc/flyte/secrets")), ""));
	}

	private void assertFound(Secret secret, String origin, String text) {
		try (SecretValue value = source().find(secret)) {
			assertThat(Objects.requireNonNull(value).origin()).isEqualTo(origin);
			assertThat(value.text()).isEqualTo(text);
		}
	}

	private Secret own(MountRequirement requirement) {
		return new Secret("db", null, "pw", requirement, "OWN");
	}

	private FlyteSecretSource source() {
		return new FlyteSecretSource(locations(), this.variables);
	}

	private SecretLocations locations() {
		return new SecretLocations(this.envPrefix, List.of(this.first, this.second), this.filePrefix);
	}

	private static Path write(@Nullable Path folder, String name) throws IOException {
		Path file = Objects.requireNonNull(folder).resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, " content of " + file + "\n");
	}

	private static String variable(String name) {
		return "environment variable " + name;
	}

	private String first(String name) {
		return "file " + this.first + "/" + name;
	}

	private String second(String name) {
		return "file " + this.second + "/" + name;
	}

}
