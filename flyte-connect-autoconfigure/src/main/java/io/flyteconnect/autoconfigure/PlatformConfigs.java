package io.flyteconnect.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.config.ConnectionProperties;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigFactory;
import io.flyteconnect.config.PropertyLookup;
import io.flyteconnect.configfile.ProcessEnvironment;

/**
 * Makes the settings of the default connection from the application's properties and, if
 * there are any, the details of a cluster that was started for it.
 */
final class PlatformConfigs {

	private static final String PREFIX = "flyte";

	private PlatformConfigs() {
	}

	static PlatformConfig create(FlyteProperties properties, ConfigurableEnvironment environment,
			@Nullable FlyteConnectionDetails details) {
		ConnectionProperties effective = properties;
		if (details != null) {
			// Bound anew, so that the bean goes on showing what is configured.
			effective = Binder.get(environment).bindOrCreate(PREFIX, Bindable.of(ConnectionProperties.class));
			details.applyTo(effective);
		}
		return new PlatformConfigFactory(process(environment)).create(PlatformConfig.DEFAULT_NAME, effective,
				PropertyLookup.of(environment, PREFIX));
	}

	static ProcessEnvironment process(ConfigurableEnvironment environment) {
		Map<String, String> variables = new LinkedHashMap<>();
		environment.getSystemEnvironment().forEach((name, value) -> variables.put(name, String.valueOf(value)));
		return ProcessEnvironment.of(variables);
	}

}
