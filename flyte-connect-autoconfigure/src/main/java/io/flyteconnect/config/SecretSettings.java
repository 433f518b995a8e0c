package io.flyteconnect.config;

import java.nio.file.Path;

/**
 * Where Flyte puts the secrets of a task.
 *
 * @param envPrefix what the names of variables begin with
 * @param defaultDir the folder of secret files
 * @param defaultDirConfigured whether the folder was configured, or is the default
 * @param filePrefix what the names of files begin with
 * @author Flyte Connect
 * @since 0.1.0
 */
public record SecretSettings(String envPrefix, Path defaultDir, boolean defaultDirConfigured, String filePrefix) {

}
