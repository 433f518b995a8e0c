package io.flyteconnect.autoconfigure.connection;

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

import io.flyteconnect.FlyteReloadEvent;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.secret.FlyteSecretChangedEvent;

/**
 * Takes over settings that have changed in the environment. Those that cannot be used are
 * explained as at the start.
 *
 * @since 0.1.0
 */
public abstract class SettingsRefresh {

	private static final Log logger = LogFactory.getLog(SettingsRefresh.class);

	private final ConfigurableApplicationContext context;

	/**
	 * Create what takes over the settings of an application.
	 * @param context the application
	 */
	protected SettingsRefresh(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Take over what has changed. A setting may be made of a secret.
	 */
	@EventListener(FlyteSecretChangedEvent.class)
	public final synchronized void refresh() {
		// One at a time: what was read earlier is not to replace what was read later.
		takeOver(this.context.getBeanFactory(), this.context.getEnvironment());
	}

	/**
	 * Take over what has changed.
	 * @param beans the beans of the application
	 * @param environment the environment, as it is now
	 */
	protected abstract void takeOver(ConfigurableListableBeanFactory beans, ConfigurableEnvironment environment);

	/**
	 * Tell the application.
	 * @param event what has happened
	 */
	protected final void publish(FlyteReloadEvent event) {
		this.context.publishEvent(event);
	}

	/**
	 * Say that settings stay as they are.
	 * @param connection whose settings
	 * @param failure why the refreshed ones cannot be used
	 */
	protected final void keep(String connection, RuntimeException failure) {
		logger.error("Flyte connection '" + connection
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
