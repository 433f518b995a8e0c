package io.flyteconnect.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.flyteconnect.internal.config.ConnectionProperties;
import io.flyteconnect.internal.config.PlatformConfigFactory;
import io.flyteconnect.internal.config.PlatformConfigLoader;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Ways to a {@link PlatformConfig} that only tests take: with another process around, and
 * before it is checked that nothing is missing.
 */
public final class PlatformConfigs {

	private PlatformConfigs() {
	}

	public static PlatformConfig auto(ProcessEnvironment process, @Nullable String configFile) {
		return new PlatformConfigLoader(process).load(configFile);
	}

	public static PlatformConfig incompleteAuto(ProcessEnvironment process, @Nullable String configFile) {
		PlatformConfigLoader.Loaded loaded = new PlatformConfigLoader(process).bind(configFile);
		return new PlatformConfigFactory(process).resolve(PlatformConfig.DEFAULT_NAME, loaded.properties(),
				loaded.lookup());
	}

	public static PlatformConfig of(Environment environment, ProcessEnvironment process) {
		ConnectionProperties properties = Binder.get(environment).bindOrCreate("flyte", ConnectionProperties.class);
		return new PlatformConfigFactory(process).create(PlatformConfig.DEFAULT_NAME, properties,
				PropertyLookup.of(environment, "flyte"));
	}

}
