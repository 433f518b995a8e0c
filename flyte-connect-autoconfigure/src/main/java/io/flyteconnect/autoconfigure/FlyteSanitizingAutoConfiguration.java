package io.flyteconnect.autoconfigure;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that keeps Flyte's secrets out of the actuator's pages. Does not ask
 * for {@code flyte.enabled}: the secrets are in the environment all the same.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class FlyteSanitizingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FlyteSanitizingFunction flyteSanitizingFunction(Environment environment) {
		return new FlyteSanitizingFunction(environment);
	}

}
