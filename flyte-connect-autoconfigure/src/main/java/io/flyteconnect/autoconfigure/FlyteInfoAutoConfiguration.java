package io.flyteconnect.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.actuate.FlyteInfoContributor;

/**
 * Auto-configuration that adds Flyte connections to the actuator's info endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlyteAutoConfiguration.class)
@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnBean(FlyteConnection.class)
public final class FlyteInfoAutoConfiguration {

	@Bean
	@ConditionalOnEnabledInfoContributor("flyte")
	@ConditionalOnMissingBean
	FlyteInfoContributor flyteInfoContributor(ObjectProvider<FlyteConnection> connections) {
		return new FlyteInfoContributor(connections.orderedStream().toList());
	}

}
