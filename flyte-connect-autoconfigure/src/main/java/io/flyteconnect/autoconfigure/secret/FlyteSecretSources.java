package io.flyteconnect.autoconfigure.secret;

import java.nio.file.Path;
import java.util.List;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.config.SecretSettings;
import io.flyteconnect.internal.config.PlatformConfigFactory;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.configfile.ProcessEnvironment;
import io.flyteconnect.internal.secret.SecretReads;
import io.flyteconnect.secret.FlyteSecretSource;
import io.flyteconnect.secret.SecretLocations;

/**
 * Creates the source of the secrets that Flyte injects, from the application's properties
 * and variables.
 */
final class FlyteSecretSources {

	private static final Path ROOT = Path.of("/");

	private FlyteSecretSources() {
	}

	static FlyteSecretSource create(ConfigurableEnvironment environment, SecretReads reads) {
		ProcessEnvironment process = ProcessEnvironment.of(environment);
		return new FlyteSecretSource(locations(settings(environment, process), ROOT), process.variables(), reads);
	}

	static SecretSettings settings(ConfigurableEnvironment environment) {
		return settings(environment, ProcessEnvironment.of(environment));
	}

	static SecretSettings settings(ConfigurableEnvironment environment, ProcessEnvironment process) {
		return new PlatformConfigFactory(process).secrets(Binder.get(environment),
				PropertyLookup.of(environment, "flyte"));
	}

	/**
	 * Return the locations of secrets. White space around a setting is ignored, as in
	 * flytekit.
	 * @param settings the settings
	 * @param root where the folders begin that are not configured
	 * @return the locations
	 */
	static SecretLocations locations(SecretSettings settings, Path root) {
		List<Path> folders = (settings.defaultDir() != null) ? List.of(settings.folder())
				: List.of(under(root, settings.folder()), under(root, SecretLocations.WEBHOOK_FOLDER));
		return new SecretLocations(settings.envPrefix().strip(), folders, settings.filePrefix().strip());
	}

	private static Path under(Path root, Path folder) {
		Path top = folder.getRoot();
		return (top != null) ? root.resolve(top.relativize(folder)) : root.resolve(folder);
	}

}
