package io.flyteconnect.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.autoconfigure.FlyteEnvironments;
import io.flyteconnect.autoconfigure.secret.SecretEnvironments;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pods as Flyte's webhook leaves them, for each secret manager that it knows
 * ({@code flytepropeller/pkg/webhook}).
 */
class SecretManagersTests {

	private final Path root;

	private final Path mounted;

	private final Map<String, String> variables = new HashMap<>();

	SecretManagersTests(@TempDir Path root) throws IOException {
		this.root = root;
		this.mounted = Files.createDirectories(root.resolve("mnt/secrets"));
	}

	@BeforeEach
	void isATask() {
		this.variables.put("FLYTE_INTERNAL_EXECUTION_ID", "f1");
	}

	@Test
	void whenKubernetesSetsAVariableThenTheSecretIsFound() {
		this.variables.put("FLYTE_SECRETS_ENV_PREFIX", "_FSEC_");
		this.variables.put("_FSEC_USER-DB_PASSWORD", "from-kubernetes");
		found(secret(MountRequirement.ENV_VAR), "from-kubernetes", "environment variable _FSEC_USER-DB_PASSWORD");
		found(secret(MountRequirement.ANY), "from-kubernetes", "environment variable _FSEC_USER-DB_PASSWORD");
	}

	@Test
	void whenKubernetesSetsTheSecretsOwnVariableThenTheSecretIsFound() {
		this.variables.put("DB_PASSWORD", "from-kubernetes");
		found(own(MountRequirement.ENV_VAR), "from-kubernetes", "environment variable DB_PASSWORD");
	}

	@Test
	void whenKubernetesMountsAVolumeThenTheSecretIsFound() throws IOException {
		mountVolume();
		found(secret(MountRequirement.FILE), "from-kubernetes", "file " + this.mounted + "/user-db/password");
		found(secret(MountRequirement.ANY), "from-kubernetes", "file " + this.mounted + "/user-db/password");
	}

	@Test
	void whenKubernetesMountsAVolumeThenTheSecretsOwnVariableNamesTheFile() throws IOException {
		mountVolume();
		this.variables.put("DB_PASSWORD", this.mounted.resolve("user-db/password").toString());
		found(own(MountRequirement.FILE), "from-kubernetes", "the file that environment variable DB_PASSWORD names");
		found(own(MountRequirement.ANY), "from-kubernetes", "the file that environment variable DB_PASSWORD names");
	}

	private void mountVolume() throws IOException {
		files();
		new KubernetesVolume(Files.createDirectory(this.mounted.resolve("user-db")))
			.write(Map.of("password", "from-kubernetes\n"));
	}

	@Test
	void whenAwsPullsASecretThenItIsFound() throws IOException {
		files();
		write("user-db/password", "from-aws");
		found(secret(MountRequirement.FILE), "from-aws", "file " + this.mounted + "/user-db/password");
		found(secret(MountRequirement.ANY), "from-aws", "file " + this.mounted + "/user-db/password");
	}

	@Test
	void whenGoogleCloudPullsASecretThenItsFileIsNamedAfterTheVersion() throws IOException {
		files();
		write("user-db/v3", "from-gcp");
		found(secret(MountRequirement.FILE), "from-gcp", "file " + this.mounted + "/user-db/v3");
		found(Secret.builder().group("user-db").groupVersion("V3").build(), "from-gcp",
				"file " + this.mounted + "/user-db/v3");
	}

	@Test
	void whenVaultsAgentWritesASecretThenItsNameKeepsUpperCase() throws IOException {
		files();
		write("user-DB/Password", "from-vault");
		found(secret(MountRequirement.FILE), "from-vault", "file " + this.mounted + "/user-DB/Password");
		found(secret(MountRequirement.ANY), "from-vault", "file " + this.mounted + "/user-DB/Password");
	}

	@Test
	void whenPropellersOwnSecretIsInjectedThenItIsFound() {
		this.variables.put("FLYTE_SECRETS_ENV_PREFIX", "_FSEC_");
		this.variables.put("_FSEC_USER-DB_PASSWORD", "global");
		found(secret(MountRequirement.ENV_VAR), "global", "environment variable _FSEC_USER-DB_PASSWORD");
		found(secret(MountRequirement.ANY), "global", "environment variable _FSEC_USER-DB_PASSWORD");
	}

	@Test
	void whenThePodSaysAnotherPrefixOfVariablesThenThatCounts() {
		this.variables.put("FLYTE_SECRETS_ENV_PREFIX", "_OWN_");
		this.variables.put("_FSEC_USER-DB_PASSWORD", "of-the-usual-prefix");
		this.variables.put("_OWN_USER-DB_PASSWORD", "of-another-prefix");
		found(secret(MountRequirement.ENV_VAR), "of-another-prefix", "environment variable _OWN_USER-DB_PASSWORD");
		found(secret(MountRequirement.ANY), "of-another-prefix", "environment variable _OWN_USER-DB_PASSWORD");
	}

	@Test
	void whenThePodSaysAPrefixOfFilesThenTheirNamesBeginWithIt() throws IOException {
		files("s-");
		write("user-db/password", "without-the-prefix");
		write("user-db/s-password", "with-the-prefix");
		found(secret(MountRequirement.FILE), "with-the-prefix", "file " + this.mounted + "/user-db/s-password");
		found(secret(MountRequirement.ANY), "with-the-prefix", "file " + this.mounted + "/user-db/s-password");
	}

	/** Flyte's webhook sets this variable, too, and always to nothing. */
	private void files() {
		files("");
	}

	private void files(String prefix) {
		this.variables.put("FLYTE_SECRETS_DEFAULT_DIR", this.mounted.toString());
		this.variables.put("FLYTE_SECRETS_FILE_PREFIX", prefix);
	}

	private void write(String name, String content) throws IOException {
		Path file = this.mounted.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	/** A secret with a version, which is in no name but Google's. */
	private static Secret secret(MountRequirement requirement) {
		return new Secret("user-DB", "V3", "Password", requirement, null);
	}

	private static Secret own(MountRequirement requirement) {
		return new Secret("user-DB", null, "Password", requirement, "DB_PASSWORD");
	}

	private void found(Secret secret, String text, String origin) {
		ProcessEnvironment pod = new ProcessEnvironment(this.variables, this.root, this.root);
		// Nothing is where secrets are looked for if the pod does not say where.
		SecretLocations locations = SecretEnvironments.locations(FlyteEnvironments.prepare(pod, Map.of()), pod,
				this.root.resolve("nothing"));
		try (SecretValue value = new FlyteSecretSource(locations, this.variables).find(secret)) {
			assertThat(Objects.requireNonNull(value).text()).isEqualTo(text);
			assertThat(value.origin()).isEqualTo(origin);
		}
	}

}
