package io.flyteconnect.secret;

import java.nio.file.Path;
import java.util.List;

import org.springframework.util.Assert;

/**
 * Where Flyte puts the secrets of a task: {@code SecretsConfig} of
 * {@code flytekit/configuration/__init__.py}.
 *
 * @param envPrefix what the names of variables begin with
 * @param folders the folders of secret files, in the order in which they are looked at
 * @param filePrefix what the names of files begin with
 * @since 0.1.0
 */
public record SecretLocations(String envPrefix, List<Path> folders, String filePrefix) {

	/** The folder that flytekit uses by default. */
	public static final Path FLYTEKIT_FOLDER = Path.of("/etc/secrets");

	/** The folder that Flyte's webhook mounts secrets in. */
	public static final Path WEBHOOK_FOLDER = Path.of("/etc/flyte/secrets");

	/**
	 * Create locations.
	 */
	public SecretLocations {
		Assert.notNull(envPrefix, "'envPrefix' must not be null");
		Assert.notNull(filePrefix, "'filePrefix' must not be null");
		folders = folders.stream().map(Path::toAbsolutePath).toList();
	}

	/**
	 * Return the default locations.
	 * @return the variables {@code _FSEC_...} and both folders
	 */
	public static SecretLocations standard() {
		return new SecretLocations("_FSEC_", List.of(FLYTEKIT_FOLDER, WEBHOOK_FOLDER), "");
	}

}
