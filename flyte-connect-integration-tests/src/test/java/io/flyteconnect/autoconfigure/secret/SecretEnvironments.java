package io.flyteconnect.autoconfigure.secret;

import java.nio.file.Path;

import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.internal.configfile.ProcessEnvironment;
import io.flyteconnect.secret.SecretLocations;

/**
 * Where an application looks for its secrets, with another process around.
 */
public final class SecretEnvironments {

	private SecretEnvironments() {
	}

	/**
	 * Return where an environment's secrets are.
	 * @param environment the environment
	 * @param process the process around
	 * @param root where the folders begin that are not configured
	 * @return the locations
	 */
	public static SecretLocations locations(ConfigurableEnvironment environment, ProcessEnvironment process,
			Path root) {
		return FlyteSecretSources.locations(FlyteSecretSources.settings(environment, process), root);
	}

}
