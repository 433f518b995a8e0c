package io.flyteconnect.integration.conformance.platform;

import java.util.Map;

import org.apache.commons.logging.LogFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.support.SystemEnvironmentPropertySourceEnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.flyteconnect.autoconfigure.environment.FlyteConfigFileEnvironmentPostProcessor;
import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.internal.configfile.EnvironmentFlyteFile;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Environments as an application has them, with another process around.
 */
public final class FlyteEnvironments {

	private FlyteEnvironments() {
	}

	/**
	 * Prepare an environment.
	 * @param process the process around
	 * @param properties what the application itself says, weaker than variables
	 * @return the environment, the Flyte file included
	 */
	public static ConfigurableEnvironment prepare(ProcessEnvironment process, Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources()
			.replace(name, new SystemEnvironmentPropertySource(name, Map.copyOf(process.variables())));
		environment.getPropertySources().addLast(new MapPropertySource("application.yml", properties));
		SpringApplication application = new SpringApplication();
		new SystemEnvironmentPropertySourceEnvironmentPostProcessor().postProcessEnvironment(environment, application);
		ConfigurationPropertySources.attach(environment);
		new EnvironmentFlyteFile(process, LogFactory.getLog(FlyteConfigFileEnvironmentPostProcessor.class))
			.addTo(environment, SecretBindHandler.binder(environment));
		return environment;
	}

}
