package io.flyteconnect.autoconfigure.actuate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.actuate.FlyteHealthContributor;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;

/**
 * Auto-configuration that shows the health of Flyte connections on the actuator's health
 * page. It belongs to no group of its own accord: readiness takes it in by
 * {@code management.endpoint.health.group.readiness.include=readinessState,flyte}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlyteAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(FlyteConnection.class)
@EnableConfigurationProperties(FlyteHealthProperties.class)
public final class FlyteHealthAutoConfiguration {

	@Bean
	@ConditionalOnEnabledHealthIndicator("flyte")
	@ConditionalOnMissingBean(name = { "flyteHealthContributor", "flyteHealthIndicator" })
	FlyteHealthContributor flyteHealthContributor(ObjectProvider<FlyteConnection> connections,
			FlyteHealthProperties properties) {
		return new FlyteHealthContributor(connections.orderedStream().toList(), properties.timeout(),
				properties.timeToLive());
	}

}
