package io.flyteconnect.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.config.ConnectionProperties;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.PlatformConfigFactory;
import io.flyteconnect.internal.config.PropertyLookup;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Makes the settings of the default connection from the application's properties and, if
 * there are any, the details of a cluster that was started for it.
 */
final class PlatformConfigs {

	private static final String PREFIX = "flyte";

	private PlatformConfigs() {
	}

	static PlatformConfig create(FlyteProperties properties, ConfigurableEnvironment environment,
			@Nullable FlyteConnectionDetails details, boolean tokenSupplier) {
		PlatformConfigFactory factory = new PlatformConfigFactory(ProcessEnvironment.of(environment), tokenSupplier);
		if (details == null) {
			return factory.create(PlatformConfig.DEFAULT_NAME, properties, PropertyLookup.of(environment, PREFIX));
		}
		return factory.create(PlatformConfig.DEFAULT_NAME, detailed(environment, details), PropertyLookup.none());
	}

	// What a cluster decides starts from nothing: a client secret in a file, an API key
	// or a proxy for another cluster would win over what the details say.
	private static ConnectionProperties detailed(ConfigurableEnvironment environment, FlyteConnectionDetails details) {
		ConnectionProperties result = new ConnectionProperties();
		Binder binder = SecretBindHandler.binder(environment);
		binder.bind(PREFIX + ".channel", Bindable.ofInstance(result.getChannel()));
		binder.bind(PREFIX + ".secrets", Bindable.ofInstance(result.getSecrets()));
		details.applyTo(result);
		return result;
	}

}
