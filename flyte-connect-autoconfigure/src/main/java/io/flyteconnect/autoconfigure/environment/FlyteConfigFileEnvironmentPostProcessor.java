package io.flyteconnect.autoconfigure.environment;

import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.internal.config.connection.NamedConnection;
import io.flyteconnect.internal.config.connection.NamedConnections;
import io.flyteconnect.internal.config.origin.PlaceholderCheck;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.configfile.EnvironmentFlyteFile;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Adds the Flyte file to the environment, with a lower precedence than the application's
 * own properties and a higher one than its default properties.
 */
public class FlyteConfigFileEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	/**
	 * Runs after the configuration data is loaded, so that application.yml may name the
	 * file.
	 */
	static final int ORDER = ConfigDataEnvironmentPostProcessor.ORDER + 10;

	private final Log logger;

	public FlyteConfigFileEnvironmentPostProcessor(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(FlyteConfigFileEnvironmentPostProcessor.class);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		PlaceholderCheck check = new PlaceholderCheck(PropertyLookup.of(environment, "flyte"));
		Binder binder = SecretBindHandler.binder(environment, check.handler());
		EnvironmentFlyteFile file = new EnvironmentFlyteFile(ProcessEnvironment.of(environment), this.logger);
		file.addTo(environment, binder);
		if (binder.bind("flyte.enabled", Boolean.class).orElse(true)) {
			NamedConnections.of(environment).forEach((connection) -> addNamed(file, environment, connection));
		}
	}

	private static void addNamed(EnvironmentFlyteFile file, ConfigurableEnvironment environment,
			NamedConnection connection) {
		PropertyLookup lookup = PropertyLookup.ofNamed(environment, connection.prefix(), false);
		Binder binder = lookup.binder(SecretBindHandler.of(environment, new PlaceholderCheck(lookup).handler()));
		String named = binder.bind(lookup.prefix().append("config-file"), Bindable.of(String.class)).orElse("");
		file.addNamed(environment, connection.prefix(), named);
	}

}
