package io.flyteconnect.config;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

import io.flyteconnect.internal.config.text.SettingCheck;

/**
 * Where Flyte puts the secrets of a task: the section {@code secrets} of
 * {@code flytekit/configuration/internal.py}.
 *
 * @param envPrefix What the names of variables that hold secrets begin with.
 * @param defaultDir Folder of secret files, "/etc/secrets" where not set.
 * @param filePrefix What the names of secret files begin with.
 * @param refresh How often the files of secrets that have been read are looked at again;
 * zero for never. A FlyteSecretChangedEvent names a secret that has changed.
 * @since 0.1.0
 */
public record SecretSettings(@DefaultValue(DEFAULT_ENV_PREFIX) String envPrefix, @Nullable String defaultDir,
		@DefaultValue("") String filePrefix, @DefaultValue("0s") Duration refresh) {

	/** The prefix of the variables that hold secrets (flytekit's default). */
	public static final String DEFAULT_ENV_PREFIX = "_FSEC_";

	/** Folder of secret files (flytekit's default). */
	public static final String DEFAULT_DIR = "/etc/secrets";

	public SecretSettings {
		envPrefix = envPrefix.isEmpty() ? DEFAULT_ENV_PREFIX : envPrefix;
		defaultDir = StringUtils.hasText(defaultDir) ? defaultDir.strip() : null;
		SettingCheck.notNegative("refresh", refresh);
	}

	/**
	 * Return the folder of secret files.
	 * @return the configured folder, or the default
	 */
	public Path folder() {
		return Path.of((this.defaultDir != null) ? this.defaultDir : DEFAULT_DIR);
	}

}
