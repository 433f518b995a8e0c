package io.flyteconnect.autoconfigure.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteReloadEvent;
import io.flyteconnect.FlyteReloadEvent.Part;
import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.ConnectionProperties;
import io.flyteconnect.internal.config.connection.NamedConnection;
import io.flyteconnect.internal.config.connection.NamedConnections;

/**
 * Has each configured connection take over settings that have changed in the environment
 * since they were last taken over from there: what code has taken over stays until then.
 * Settings that cannot be used are explained as at the start, and those before stay. A
 * connection of the application's own is left alone.
 *
 * @since 0.1.0
 */
public class FlyteConnectionRefresh extends SettingsRefresh {

	private static final String CONNECTION = "flyteConnection";

	private static final String SETTINGS = "flytePlatformConfig";

	private final ConfigurableApplicationContext context;

	/**
	 * What each connection last had from the environment, also where code replaced it.
	 */
	private final Map<String, PlatformConfig> taken = new ConcurrentHashMap<>();

	/**
	 * Create what has the connections of an application take over their settings.
	 * @param context the application
	 */
	public FlyteConnectionRefresh(ConfigurableApplicationContext context) {
		super(context);
		this.context = context;
	}

	@Override
	protected void takeOver(ConfigurableListableBeanFactory beans, ConfigurableEnvironment environment) {
		if (DefaultConnection.isOurs(beans, CONNECTION) && DefaultConnection.isOurs(beans, SETTINGS)) {
			refresh(beans.getBean(CONNECTION, FlyteConnection.class), beans.getBean(SETTINGS, PlatformConfig.class),
					this::config);
		}
		NamedConnections.of(environment)
			.stream()
			.filter((named) -> NamedBeans.isOurs(beans, named.name(), CONNECTION)
					&& NamedBeans.isOurs(beans, named.name(), SETTINGS))
			.forEach((named) -> refresh(beans.getBean(NamedBeans.name(named.name(), CONNECTION), FlyteConnection.class),
					beans.getBean(NamedBeans.name(named.name(), SETTINGS), PlatformConfig.class), () -> config(named)));
	}

	private void refresh(FlyteConnection connection, PlatformConfig first, Supplier<PlatformConfig> settings) {
		PlatformConfig config;
		try {
			config = settings.get();
		}
		catch (RuntimeException ex) {
			keep(connection.name(), ex);
			publish(new FlyteReloadEvent(connection.name(), Part.CONNECTION, ex));
			return;
		}
		if (config.equals(this.taken.getOrDefault(connection.name(), first))) {
			return;
		}
		try {
			if (!connection.isConfiguredBy(config)) {
				connection.reload(config);
			}
			this.taken.put(connection.name(), config);
		}
		catch (RuntimeException ex) {
			keep(connection.name(), ex);
		}
	}

	private PlatformConfig config() {
		ConfigurableEnvironment environment = this.context.getEnvironment();
		ConnectionProperties properties = SecretBindHandler.binder(environment)
			.bindOrCreate("flyte", ConnectionProperties.class);
		return SecretBindHandler.withoutSecrets(environment,
				() -> PlatformConfigs.unnamed(properties, environment, this.context));
	}

	private PlatformConfig config(NamedConnection connection) {
		ConfigurableEnvironment environment = this.context.getEnvironment();
		return SecretBindHandler.withoutSecrets(environment,
				() -> PlatformConfigs.named(connection, environment, this.context));
	}

}
