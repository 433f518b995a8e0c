package io.flyteconnect.autoconfigure.connection;

import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteReloadEvent;
import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.ConnectionProperties;
import io.flyteconnect.internal.config.connection.NamedConnection;
import io.flyteconnect.internal.config.connection.NamedConnections;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.secret.FlyteSecretChangedEvent;

/**
 * Has each configured connection take over settings that have changed in the environment.
 * Settings that cannot be used are explained as at the start, and those before stay. A
 * connection of the application's own is left alone.
 *
 * @since 0.1.0
 */
public class FlyteConnectionRefresh {

	private static final Log logger = LogFactory.getLog(FlyteConnectionRefresh.class);

	private static final String CONNECTION = "flyteConnection";

	private static final String SETTINGS = "flytePlatformConfig";

	private final ConfigurableApplicationContext context;

	/**
	 * Create what has the connections of an application take over their settings.
	 * @param context the application
	 */
	public FlyteConnectionRefresh(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Have each connection take over what has changed. A setting may be made of a secret.
	 */
	@EventListener(FlyteSecretChangedEvent.class)
	public synchronized void refresh() {
		// One at a time: what was read earlier is not to replace what was read later.
		ConfigurableListableBeanFactory beans = this.context.getBeanFactory();
		if (DefaultConnection.isOurs(beans, CONNECTION) && DefaultConnection.isOurs(beans, SETTINGS)) {
			refresh(beans.getBean(CONNECTION, FlyteConnection.class), this::config);
		}
		NamedConnections.of(this.context.getEnvironment())
			.stream()
			.filter((named) -> NamedBeans.isOurs(beans, named.name(), CONNECTION)
					&& NamedBeans.isOurs(beans, named.name(), SETTINGS))
			.forEach((named) -> refresh(beans.getBean(NamedBeans.name(named.name(), CONNECTION), FlyteConnection.class),
					() -> config(named)));
	}

	private void refresh(FlyteConnection connection, Supplier<PlatformConfig> settings) {
		PlatformConfig config;
		try {
			config = settings.get();
			if (connection.isConfiguredBy(config)) {
				return;
			}
		}
		catch (RuntimeException ex) {
			keep(connection, ex);
			this.context.publishEvent(new FlyteReloadEvent(connection.name(), ex));
			return;
		}
		try {
			connection.reload(config);
		}
		catch (RuntimeException ex) {
			keep(connection, ex);
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

	private void keep(FlyteConnection connection, RuntimeException failure) {
		logger.error("Flyte connection '" + connection.name()
				+ "' keeps its settings, since the refreshed ones cannot be used: " + explain(failure));
	}

	private String explain(RuntimeException failure) {
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, this.context.getBeanFactory())
			.and(Environment.class, this.context.getEnvironment());
		for (FailureAnalyzer analyzer : SpringFactoriesLoader.forDefaultResourceLocation(this.context.getClassLoader())
			.load(FailureAnalyzer.class, arguments, FailureHandler.handleMessage((message, ex) -> {
			}))) {
			FailureAnalysis analysis = analyzer.analyze(failure);
			if (analysis != null) {
				return analysis.getDescription() + " " + analysis.getAction();
			}
		}
		return SafeText.message(String.valueOf(failure.getMessage()));
	}

}
