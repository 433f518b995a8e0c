package io.flyteconnect.autoconfigure.secret;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that keeps Flyte's secrets out of the actuator's endpoints and out
 * of the errors of property binding. Does not depend on {@code flyte.enabled}, since the
 * secrets are in the environment in any case.
 *
 * @since 0.1.0
 */
@AutoConfiguration
public final class FlyteSanitizingAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	static class BindingConfiguration {

		// The method is static, since properties are bound before most beans are created.
		@Bean
		static ConfigurationPropertiesBindHandlerAdvisor flyteSecretBindHandlerAdvisor(Environment environment) {
			SecretPlaceholders placeholders = new SecretPlaceholders(environment);
			return (handler) -> new SecretBindHandler(handler, placeholders);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SanitizingFunction.class)
	static class ActuatorConfiguration {

		@Bean
		@ConditionalOnMissingBean
		FlyteSanitizingFunction flyteSanitizingFunction(Environment environment) {
			return new FlyteSanitizingFunction(environment);
		}

	}

}
