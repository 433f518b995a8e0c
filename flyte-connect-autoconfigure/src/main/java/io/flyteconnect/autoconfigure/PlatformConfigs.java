package io.flyteconnect.autoconfigure;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.config.SecretSettings;
import io.flyteconnect.internal.config.ConnectionProperties;
import io.flyteconnect.internal.config.PlatformConfigFactory;
import io.flyteconnect.internal.config.origin.PlaceholderCheck;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Makes the settings of the default connection from the application's properties and, if
 * there are any, the details of a cluster that was started for it.
 */
final class PlatformConfigs {

	private static final String PREFIX = "flyte";

	private PlatformConfigs() {
	}

	static PlatformConfig create(ConnectionProperties properties, ConfigurableEnvironment environment,
			@Nullable FlyteConnectionDetails details, boolean tokenSupplier) {
		PlatformConfigFactory factory = new PlatformConfigFactory(ProcessEnvironment.of(environment), tokenSupplier);
		if (details == null) {
			return factory.create(PlatformConfig.DEFAULT_NAME, properties, PropertyLookup.of(environment, PREFIX));
		}
		return factory.create(PlatformConfig.DEFAULT_NAME, detailed(environment, details));
	}

	// What a cluster decides starts from nothing: a client secret in a file, an API key
	// or a proxy for another cluster would win over what the details say.
	private static Map<String, Object> detailed(ConfigurableEnvironment environment, FlyteConnectionDetails details) {
		PlaceholderCheck check = new PlaceholderCheck(PropertyLookup.of(environment, PREFIX));
		check.check(PREFIX + ".channel", ChannelSettings.class);
		check.check(PREFIX + ".secrets", SecretSettings.class);
		PlatformConfigBuilder settings = PlatformConfig.builder();
		BindHandler collected = new AbstractBindHandler() {

			@Override
			public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
					Object result) {
				ConfigurationProperty property = context.getConfigurationProperty();
				if (property != null && property.getName().equals(name)) {
					settings.property(name.toString(), result);
				}
				return result;
			}

		};
		Binder binder = SecretBindHandler.binder(environment, collected);
		binder.bind(PREFIX + ".channel", ChannelSettings.class);
		binder.bind(PREFIX + ".secrets", SecretSettings.class);
		details.applyTo(settings);
		return settings.properties();
	}

}
