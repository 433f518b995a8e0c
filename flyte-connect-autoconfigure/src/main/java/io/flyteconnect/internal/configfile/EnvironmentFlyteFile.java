package io.flyteconnect.internal.configfile;

import org.apache.commons.logging.Log;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.util.StringUtils;

/**
 * Adds the Flyte file to an environment, with a lower precedence than the application's
 * own properties and a higher one than its default properties.
 */
public final class EnvironmentFlyteFile {

	private final ProcessEnvironment process;

	private final Log logger;

	/**
	 * Create what adds the file.
	 * @param process where variables are read and folders are
	 * @param logger where the file and its warnings are logged
	 */
	public EnvironmentFlyteFile(ProcessEnvironment process, Log logger) {
		this.process = process;
		this.logger = logger;
	}

	/**
	 * Add the file, if there is one and it is not there yet.
	 * @param environment the environment
	 * @param binder binds the property that names the file
	 * @throws InvalidFlyteFileException if the file cannot be used
	 */
	public void addTo(ConfigurableEnvironment environment, Binder binder) {
		if (isPresent(environment, "flyte") || !binder.bind("flyte.enabled", Boolean.class).orElse(true)) {
			return;
		}
		FlyteFile file = new FlyteFiles(this.process).read(binder.bind("flyte.config-file", String.class).orElse(""),
				"flyte.config-file");
		if (file != null) {
			add(environment, FlyteFilePropertySource.forEnvironment(file, "flyte"));
			this.logger.info("Using the Flyte file " + file.path());
			file.warnings().forEach(this.logger::warn);
		}
	}

	/**
	 * Add the file of a named connection, if it names one and it is not there yet. None
	 * is looked for in the usual places.
	 * @param environment the environment
	 * @param prefix the prefix of the connection
	 * @param configFile what the connection says of its file
	 * @throws InvalidFlyteFileException if the file cannot be used
	 */
	public void addNamed(ConfigurableEnvironment environment, String prefix, String configFile) {
		if (!StringUtils.hasText(configFile) || isPresent(environment, prefix)) {
			return;
		}
		String property = prefix + ".config-file";
		try {
			FlyteFile file = new FlyteFiles(this.process).read(configFile, property);
			if (file != null) {
				add(environment, FlyteFilePropertySource.forEnvironment(file, prefix));
				this.logger.info("Using the Flyte file " + file.path() + " for " + prefix);
				file.warnings().forEach(this.logger::warn);
			}
		}
		catch (InvalidFlyteFileException ex) {
			throw ex.ofSetting(property);
		}
	}

	private static boolean isPresent(ConfigurableEnvironment environment, String prefix) {
		return environment.getPropertySources()
			.stream()
			.anyMatch((source) -> source instanceof FlyteFilePropertySource file && file.isOf(prefix));
	}

	private void add(ConfigurableEnvironment environment, FlyteFilePropertySource source) {
		MutablePropertySources sources = environment.getPropertySources();
		if (sources.contains(DefaultPropertiesPropertySource.NAME)) {
			sources.addBefore(DefaultPropertiesPropertySource.NAME, source);
		}
		else {
			sources.addLast(source);
		}
	}

}
