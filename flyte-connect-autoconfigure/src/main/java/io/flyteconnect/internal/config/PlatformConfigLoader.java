package io.flyteconnect.internal.config;

import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.configfile.FlyteFile;
import io.flyteconnect.internal.configfile.FlyteFilePropertySource;
import io.flyteconnect.internal.configfile.FlyteFiles;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Reads the settings of a connection from the environment variables and the Flyte file,
 * without a Spring application. Placeholders are not resolved, as in flytekit.
 */
public final class PlatformConfigLoader {

	private static final String PREFIX = PlatformConfigFactory.PREFIX;

	private static final Log logger = LogFactory.getLog(PlatformConfigLoader.class);

	private final ProcessEnvironment process;

	public PlatformConfigLoader(ProcessEnvironment process) {
		this.process = process;
	}

	/**
	 * Load the settings.
	 * @param configFile the Flyte file, or {@code null} for the named or discovered one
	 * @return the checked settings
	 * @throws InvalidFlyteConfigurationException if a setting is invalid
	 */
	public PlatformConfig load(@Nullable String configFile) {
		Loaded loaded = bind(configFile);
		return new PlatformConfigFactory(this.process).create(PlatformConfig.DEFAULT_NAME, loaded.properties(),
				loaded.lookup());
	}

	public Loaded bind(@Nullable String configFile) {
		MutablePropertySources sources = new MutablePropertySources();
		sources.addLast(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				Map.copyOf(this.process.variables())));
		FlyteFile file = read(configFile, sources);
		if (file != null) {
			file.warnings().forEach(logger::warn);
			sources.addLast(FlyteFilePropertySource.of(file, PREFIX));
		}
		PropertyLookup lookup = new PropertyLookup(ConfigurationPropertySources.from(sources), PREFIX,
				PlaceholdersResolver.NONE);
		return new Loaded(PlatformConfigFactory.bind(binder(sources), BindHandler.DEFAULT, lookup), lookup);
	}

	private @Nullable FlyteFile read(@Nullable String configFile, MutablePropertySources sources) {
		String property = PREFIX + ".config-file";
		try {
			if (configFile != null) {
				return new FlyteFiles(this.process).read(configFile, "the caller");
			}
			String named = binder(sources).bind(property, String.class).orElse("");
			return new FlyteFiles(this.process).read(named, "environment variable FLYTE_CONFIG_FILE");
		}
		catch (InvalidFlyteFileException ex) {
			throw new InvalidFlyteConfigurationException(property, ex.getLocation(), ex.getReason(), ex.getAction(),
					ex);
		}
	}

	private static Binder binder(MutablePropertySources sources) {
		return new Binder(ConfigurationPropertySources.from(sources));
	}

	/**
	 * Settings as they are written.
	 *
	 * @param properties the settings
	 * @param lookup where they come from
	 */
	public record Loaded(ConnectionProperties properties, PropertyLookup lookup) {

	}

}
