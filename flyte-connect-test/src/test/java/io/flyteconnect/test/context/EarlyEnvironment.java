package io.flyteconnect.test.context;

import java.util.Map;
import java.util.Objects;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Notes what post-processors of the environment see, the one that looks for Flyte files
 * among them.
 */
class EarlyEnvironment implements EnvironmentPostProcessor, Ordered {

	private static final String NAME = "early-config-file";

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		String seen = Objects.requireNonNullElse(environment.getProperty("flyte.config-file"), "nothing");
		environment.getPropertySources().addLast(new MapPropertySource(NAME, Map.of(NAME, seen)));
	}

	static String configFile(ConfigurableEnvironment environment) {
		return environment.getRequiredProperty(NAME);
	}

}
