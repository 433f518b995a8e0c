package io.flyteconnect.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.ListableBeanFactory;
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
import io.flyteconnect.autoconfigure.connection.NamedBeans;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.FlyteExecutions;

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

	private static final String EXECUTIONS = "flyteExecutions";

	@Bean
	@ConditionalOnAvailableEndpoint
	@ConditionalOnMissingBean
	FlyteEndpoint flyteEndpoint(ObjectProvider<FlyteConnection> connections, ListableBeanFactory beans,
			Environment environment, ObjectProvider<SanitizingFunction> sanitizingFunctions,
			FlyteEndpointProperties properties) {
		List<FlyteConnection> all = connections.orderedStream().toList();
		return new FlyteEndpoint(all, executions(all, beans), environment, sanitizingFunctions.orderedStream().toList(),
				properties.showValues());
	}

	private static Map<String, FlyteExecutions> executions(List<FlyteConnection> connections,
			ListableBeanFactory beans) {
		Map<String, FlyteExecutions> executions = new LinkedHashMap<>();
		for (FlyteConnection connection : connections) {
			String bean = PlatformConfig.DEFAULT_NAME.equals(connection.name()) ? EXECUTIONS
					: NamedBeans.name(connection.name(), EXECUTIONS);
			if (beans.containsBean(bean) && beans.isTypeMatch(bean, FlyteExecutions.class)) {
				executions.put(connection.name(), beans.getBean(bean, FlyteExecutions.class));
			}
		}
		return executions;
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(FlyteEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB, endpoint = FlyteEndpoint.class)
	FlyteEndpointWebExtension flyteEndpointWebExtension(FlyteEndpoint endpoint, FlyteEndpointProperties properties) {
		return new FlyteEndpointWebExtension(endpoint, properties.showValues(), properties.roles());
	}

}
