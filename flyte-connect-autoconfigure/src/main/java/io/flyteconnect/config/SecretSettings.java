package io.flyteconnect.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where Flyte puts the secrets of a task.
 *
 * @param envPrefix what the names of variables begin with
 * @param defaultDir the folder of secret files
 * @param defaultDirConfigured whether the folder was configured, or is the default
 * @param filePrefix what the names of files begin with
 * @param refresh how often files that have been read are looked at again; zero for never
 * @since 0.1.0
 */
public record SecretSettings(String envPrefix, Path defaultDir, boolean defaultDirConfigured, String filePrefix,
		Duration refresh) {

}
