package io.flyteconnect.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.flyteconnect.FlyteConnection;

/**
 * Auto-configuration that has the configured connection take over what Spring Cloud has
 * refreshed.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlyteAutoConfiguration.class)
@ConditionalOnClass(EnvironmentChangeEvent.class)
@ConditionalOnBean(FlyteConnection.class)
public final class FlyteRefreshAutoConfiguration {

	@Bean
	FlyteConnectionRefresh flyteConnectionRefresh(ConfigurableApplicationContext context,
			ObjectProvider<FlyteConnectionDetails> details) {
		return new FlyteConnectionRefresh(context, details);
	}

}
