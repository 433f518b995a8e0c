package io.flyteconnect.autoconfigure.secret;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.autoconfigure.FlyteEnvironments;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.configfile.ProcessEnvironment;
import io.flyteconnect.internal.secret.SecretReads;
import io.flyteconnect.secret.FlyteSecretSource;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretLocations;
import io.flyteconnect.secret.SecretValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * From the settings to the places of secrets.
 */
class FlyteSecretSourcesTests {

	private final Path root;

	private final Map<String, String> variables = new HashMap<>();

	FlyteSecretSourcesTests(@TempDir Path root) {
		this.root = root;
	}

	@BeforeEach
	void isAtHome() {
		this.variables.put("HOME", this.root.toString());
	}

	@Test
	void whenNoFolderIsSetThenThatOfFlytekitAndThatOfTheWebhookAreLookedAt() throws Exception {
		SecretLocations locations = locations(Map.of());
		assertThat(locations).isEqualTo(new SecretLocations("_FSEC_",
				List.of(this.root.resolve("etc/secrets"), this.root.resolve("etc/flyte/secrets")), ""));
		for (Path folder : locations.folders()) {
			Files.createDirectories(folder.resolve("db"));
			Files.writeString(folder.resolve("db/" + folder.getParent().getFileName()), "here");
		}
		FlyteSecretSource source = new FlyteSecretSource(locations, Map.of());
		for (String key : List.of("etc", "flyte")) {
			try (SecretValue value = source.find(Secret.of("db", key))) {
				assertThat(Objects.requireNonNull(value).text()).isEqualTo("here");
			}
		}
	}

	@Test
	void whenNothingIsChangedThenTheFoldersAreThoseOfTheSystem() {
		assertThat(FlyteSecretSources.create(environment(Map.of()), new SecretReads()).places(Secret.of("db", "pw")))
			.containsExactly("environment variable _FSEC_DB_PW", "environment variable DB_PW",
					"file /etc/secrets/db/pw", "file /etc/flyte/secrets/db/pw");
	}

	@Test
	void whenAFolderIsSetThenItIsTheOnlyOne() {
		assertThat(locations(Map.of("flyte.secrets.default-dir", "/etc/secrets")).folders())
			.containsExactly(Path.of("/etc/secrets"));
		this.variables.put("FLYTE_SECRETS_DEFAULT_DIR", " /mnt/secrets ");
		this.variables.put("FLYTE_SECRETS_ENV_PREFIX", " SEC_ ");
		this.variables.put("FLYTE_SECRETS_FILE_PREFIX", " s- ");
		assertThat(locations(Map.of())).isEqualTo(new SecretLocations("SEC_", List.of(Path.of("/mnt/secrets")), "s-"));
	}

	@Test
	void whenAFolderIsRelativeThenItIsBelowTheWorkingDirectory() {
		assertThat(locations(Map.of("flyte.secrets.default-dir", "secrets")).folders())
			.containsExactly(this.root.resolve("secrets"));
	}

	@Test
	void whenSettingsAreEmptyThenTheyAreTheDefaults() {
		this.variables.put("FLYTE_SECRETS_DEFAULT_DIR", "");
		this.variables.put("FLYTE_SECRETS_ENV_PREFIX", "");
		this.variables.put("FLYTE_SECRETS_FILE_PREFIX", "");
		assertThat(locations(Map.of("flyte.secrets.default-dir", "/weaker")).folders()).hasSize(2);
		assertThat(locations(Map.of()).envPrefix()).isEqualTo("_FSEC_");
	}

	@Test
	void whenRefreshIsNegativeThenThePropertyIsNamed() {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> FlyteSecretSources.settings(environment(Map.of("flyte.secrets.refresh", "-1s"))))
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.secrets.refresh"))
			.withMessageContaining("'PT-1S' is negative");
	}

	private SecretLocations locations(Map<String, Object> properties) {
		return SecretEnvironments.locations(environment(properties), process(), this.root);
	}

	private ConfigurableEnvironment environment(Map<String, Object> properties) {
		return FlyteEnvironments.prepare(process(), properties);
	}

	private ProcessEnvironment process() {
		return new ProcessEnvironment(this.variables, this.root, this.root);
	}

}
