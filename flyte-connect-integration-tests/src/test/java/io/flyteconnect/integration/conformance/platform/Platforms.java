package io.flyteconnect.integration.conformance.platform;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.ConnectionProperties;
import io.flyteconnect.internal.config.PlatformConfigFactory;
import io.flyteconnect.internal.config.PlatformConfigLoader;
import io.flyteconnect.internal.config.UnusableValue;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.config.origin.PropertyOrigin;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * The ways to a {@link PlatformConfig}, with the process of a case around.
 */
public final class Platforms {

	private Platforms() {
	}

	public static PlatformConfig load(ProcessEnvironment process, @Nullable String configFile) {
		return new PlatformConfigLoader(process).load(configFile);
	}

	/**
	 * Load what the connection of a case has, before it is checked that nothing is
	 * missing.
	 */
	public static PlatformConfig loadIncomplete(ProcessEnvironment process, @Nullable String configFile) {
		PlatformConfigLoader.Loaded loaded = new PlatformConfigLoader(process).bind(configFile);
		return new PlatformConfigFactory(process).resolve(PlatformConfig.DEFAULT_NAME, loaded.properties(),
				loaded.lookup());
	}

	public static PlatformConfig of(Environment environment, ProcessEnvironment process) {
		return new PlatformConfigFactory(process).create(PlatformConfig.DEFAULT_NAME, bind(environment),
				PropertyLookup.of(environment, "flyte"));
	}

	// What cannot be bound is explained as it is to who starts an application.
	private static ConnectionProperties bind(Environment environment) {
		try {
			return Binder.get(environment).bindOrCreate("flyte", ConnectionProperties.class);
		}
		catch (BindException ex) {
			throw UnusableValue.explain(ex, (property) -> PropertyOrigin.of(environment, property));
		}
	}

}
