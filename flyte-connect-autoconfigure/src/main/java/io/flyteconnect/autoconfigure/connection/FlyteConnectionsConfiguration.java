package io.flyteconnect.autoconfigure.connection;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.ConnectionProperties;

/**
 * Defines the settings and stubs of the unnamed connection, the beans of the named ones,
 * and which of them are injected where none is named.
 *
 * @since 0.1.0
 */
@Configuration(proxyBeanMethods = false)
@Import(FlyteStubsConfiguration.class)
public class FlyteConnectionsConfiguration {

	@Bean
	@Lazy
	@ConditionalOnMissingBean(name = "flytePlatformConfig")
	PlatformConfig flytePlatformConfig(ConnectionProperties properties, ConfigurableEnvironment environment,
			ApplicationContext context) {
		return SecretBindHandler.withoutSecrets(environment,
				() -> PlatformConfigs.unnamed(properties, environment, context));
	}

	@Bean
	static DefaultConnection flyteDefaultConnection(ConfigurableListableBeanFactory beans) {
		return new DefaultConnection(beans);
	}

	@Bean
	static NamedConnectionsRegistrar flyteNamedConnectionsRegistrar(ConfigurableEnvironment environment) {
		return new NamedConnectionsRegistrar(environment);
	}

	@Bean
	static DefaultBeans flyteDefaultBeans(Environment environment) {
		return new DefaultBeans(environment);
	}

	@Bean
	static ConnectionNames flyteConnectionNames() {
		return new ConnectionNames();
	}

}
