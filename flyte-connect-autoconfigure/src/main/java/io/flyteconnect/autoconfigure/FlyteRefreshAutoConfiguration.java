package io.flyteconnect.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.autoconfigure.connection.FlyteConnectionRefresh;
import io.flyteconnect.autoconfigure.connection.SettingsRefresh;

/**
 * Auto-configuration that has the configured connection take over what has changed in the
 * environment: a secret of Flyte, or what Spring Cloud has refreshed.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlyteAutoConfiguration.class)
@ConditionalOnBean(FlyteConnection.class)
public final class FlyteRefreshAutoConfiguration {

	@Bean
	FlyteConnectionRefresh flyteConnectionRefresh(ConfigurableApplicationContext context) {
		return new FlyteConnectionRefresh(context);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(EnvironmentChangeEvent.class)
	static class SpringCloudConfiguration {

		@Bean
		EnvironmentRefresh flyteEnvironmentRefresh(ObjectProvider<SettingsRefresh> settings) {
			return new EnvironmentRefresh(settings);
		}

	}

}
