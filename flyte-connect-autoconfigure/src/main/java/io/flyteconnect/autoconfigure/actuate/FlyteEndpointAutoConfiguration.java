package io.flyteconnect.autoconfigure.actuate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.actuate.FlyteEndpoint;
import io.flyteconnect.actuate.FlyteEndpointWebExtension;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;

/**
 * Auto-configuration of the actuator's endpoint {@code flyte}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlyteAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(FlyteConnection.class)
@EnableConfigurationProperties(FlyteEndpointProperties.class)
public final class FlyteEndpointAutoConfiguration {

	@Bean
	@ConditionalOnAvailableEndpoint
	@ConditionalOnMissingBean
	FlyteEndpoint flyteEndpoint(ObjectProvider<FlyteConnection> connections, Environment environment,
			ObjectProvider<SanitizingFunction> sanitizingFunctions, FlyteEndpointProperties properties) {
		return new FlyteEndpoint(connections.orderedStream().toList(), environment,
				sanitizingFunctions.orderedStream().toList(), properties.showValues());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(FlyteEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB, endpoint = FlyteEndpoint.class)
	FlyteEndpointWebExtension flyteEndpointWebExtension(FlyteEndpoint endpoint, FlyteEndpointProperties properties) {
		return new FlyteEndpointWebExtension(endpoint, properties.showValues(), properties.roles());
	}

}
