package io.flyteconnect.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Where Flyte puts the secrets of a task: the section {@code secrets} of
 * {@code flytekit/configuration/internal.py}.
 *
 * @since 0.1.0
 */
public class SecretsProperties {

	/** What the names of variables that hold secrets begin with (flytekit's default). */
	public static final String DEFAULT_ENV_PREFIX = "_FSEC_";

	/** Folder of secret files (flytekit's default). */
	public static final String DEFAULT_DIR = "/etc/secrets";

	/**
	 * What the names of variables that hold secrets begin with.
	 */
	private String envPrefix = DEFAULT_ENV_PREFIX;

	/**
	 * Folder of secret files, "/etc/secrets" where not set.
	 */
	private @Nullable String defaultDir;

	/**
	 * What the names of secret files begin with.
	 */
	private String filePrefix = "";

	/**
	 * How often the files of secrets that have been read are looked at again; zero for
	 * never. A FlyteSecretChangedEvent names a secret that has changed.
	 */
	private Duration refresh = Duration.ZERO;

	public String getEnvPrefix() {
		return this.envPrefix;
	}

	public void setEnvPrefix(String envPrefix) {
		this.envPrefix = envPrefix;
	}

	public @Nullable String getDefaultDir() {
		return this.defaultDir;
	}

	public void setDefaultDir(@Nullable String defaultDir) {
		this.defaultDir = defaultDir;
	}

	public String getFilePrefix() {
		return this.filePrefix;
	}

	public void setFilePrefix(String filePrefix) {
		this.filePrefix = filePrefix;
	}

	public Duration getRefresh() {
		return this.refresh;
	}

	public void setRefresh(Duration refresh) {
		this.refresh = refresh;
	}

	@Override
	public String toString() {
		return "SecretsProperties[envPrefix=" + this.envPrefix + ", defaultDir=" + this.defaultDir + ", filePrefix="
				+ this.filePrefix + ", refresh=" + this.refresh + "]";
	}

}
