package io.flyteconnect.autoconfigure.secret;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;

/**
 * Adds the secrets to the environment, even if {@code flyte.enabled=false}, since
 * properties may still refer to them. Runs before the configuration data is loaded, which
 * may need them ({@code spring.config.import}). The secrets have a lower precedence than
 * the configuration data, so that a test can set {@code flyte-secret.<group>.<key>}
 * itself.
 */
class FlyteSecretEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 1;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		addLast(environment.getPropertySources(), new FlyteSecretPropertySource.Required(environment));
	}

	private static void addLast(MutablePropertySources sources, FlyteSecretPropertySource source) {
		sources.remove(FlyteSecretPropertySource.NAME);
		sources.addLast(source);
	}

	/**
	 * Moves the secrets behind the configuration data.
	 */
	static class Last implements EnvironmentPostProcessor, Ordered {

		@Override
		public int getOrder() {
			return ConfigDataEnvironmentPostProcessor.ORDER + 1;
		}

		@Override
		public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
			addLast(environment.getPropertySources(), new FlyteSecretPropertySource(environment));
		}

	}

}
