package io.flyteconnect.autoconfigure.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

import io.flyteconnect.autoconfigure.FlyteConnectionDetails;
import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.config.SecretSettings;
import io.flyteconnect.internal.config.ConnectionProperties;
import io.flyteconnect.internal.config.PlatformConfigFactory;
import io.flyteconnect.internal.config.connection.NamedConnection;
import io.flyteconnect.internal.config.connection.NamedConnections;
import io.flyteconnect.internal.config.origin.PlaceholderCheck;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.config.origin.PropertyPrefix;
import io.flyteconnect.internal.configfile.ProcessEnvironment;
import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.login.FlyteTokenSupplier;

/**
 * Makes the settings of a connection from the application's properties and, if there are
 * any, the details of a cluster that was started for it.
 */
final class PlatformConfigs {

	private static final String PREFIX = "flyte";

	private static final ConfigurationPropertyName UNNAMED = ConfigurationPropertyName.of(PREFIX);

	private PlatformConfigs() {
	}

	static PlatformConfig unnamed(ConnectionProperties properties, ConfigurableEnvironment environment,
			ListableBeanFactory beans) {
		PropertyLookup lookup = PropertyLookup.of(environment, PREFIX);
		FlyteConnectionDetails details = details(PlatformConfig.DEFAULT_NAME, environment, beans);
		return (details != null)
				? factory(environment, beans).create(PlatformConfig.DEFAULT_NAME,
						detailed(environment, lookup, details))
				: factory(environment, beans).create(PlatformConfig.DEFAULT_NAME, properties, lookup);
	}

	static PlatformConfig named(NamedConnection connection, ConfigurableEnvironment environment,
			ListableBeanFactory beans) {
		PropertyLookup lookup = connection.lookup(environment);
		FlyteConnectionDetails details = details(connection.name(), environment, beans);
		if (details != null) {
			return factory(environment, beans).create(connection.name(), detailed(environment, lookup, details));
		}
		ConnectionProperties properties = lookup.binder(SecretBindHandler.of(environment, BindHandler.DEFAULT))
			.bindOrCreate(lookup.prefix(), Bindable.of(ConnectionProperties.class), null);
		return factory(environment, beans).create(connection.name(), properties, lookup);
	}

	private static PlatformConfigFactory factory(ConfigurableEnvironment environment, ListableBeanFactory beans) {
		// Not created yet: it may need what needs these settings.
		boolean tokenSupplier = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, FlyteTokenSupplier.class,
				true, false).length > 0;
		return new PlatformConfigFactory(ProcessEnvironment.of(environment), tokenSupplier);
	}

	// Where several are about one connection, the primary one is meant.
	private static @Nullable FlyteConnectionDetails details(String connection, Environment environment,
			ListableBeanFactory beans) {
		ObjectProvider<FlyteConnectionDetails> all = beans.getBeanProvider(FlyteConnectionDetails.class);
		List<FlyteConnectionDetails> found = all.orderedStream()
			.peek((details) -> requireConnection(details.connectionName(), environment))
			.filter((details) -> connection.equals(details.connectionName()))
			.toList();
		if (found.size() > 1) {
			return all.getObject();
		}
		return found.isEmpty() ? null : found.get(0);
	}

	private static void requireConnection(String connection, Environment environment) {
		List<String> names = new ArrayList<>(List.of(PlatformConfig.DEFAULT_NAME));
		for (NamedConnection named : NamedConnections.of(environment)) {
			names.add(named.name());
		}
		if (!names.contains(connection)) {
			String hint = NearName.hint(connection, names);
			throw new IllegalStateException(
					"A container, or a FlyteConnectionDetails bean, stands in for no connection:"
							+ " there is no Flyte connection named '" + connection + "'" + (hint.isEmpty() ? "." : hint)
							+ " There are: " + String.join(", ", names));
		}
	}

	// What a cluster decides starts from nothing: a client secret in a file, an API key
	// or a proxy for another cluster would win over what the details say.
	private static Map<String, Object> detailed(ConfigurableEnvironment environment, PropertyLookup lookup,
			FlyteConnectionDetails details) {
		PlaceholderCheck check = new PlaceholderCheck(lookup);
		ConfigurationPropertyName channel = lookup.prefix().append("channel");
		ConfigurationPropertyName secrets = lookup.prefix().append("secrets");
		check.check(channel, ChannelSettings.class);
		check.check(secrets, SecretSettings.class);
		PlatformConfigBuilder settings = PlatformConfig.builder();
		int prefix = lookup.prefix().getNumberOfElements();
		BindHandler collected = new AbstractBindHandler() {

			@Override
			public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
					Object result) {
				// A section is no setting, and has no property.
				if (context.getConfigurationProperty() != null && !isSection(target)) {
					settings.property(PropertyPrefix.replace(name, prefix, UNNAMED).toString(), result);
				}
				return result;
			}

		};
		Binder binder = lookup.binder(SecretBindHandler.of(environment, collected));
		binder.bind(channel, Bindable.of(ChannelSettings.class));
		binder.bind(secrets, Bindable.of(SecretSettings.class));
		details.applyTo(settings);
		return settings.properties();
	}

	private static boolean isSection(Bindable<?> target) {
		Class<?> type = target.getType().resolve(Object.class);
		return type == ChannelSettings.class || type == SecretSettings.class;
	}

}
