package io.flyteconnect.autoconfigure.metrics;

import io.grpc.stub.AbstractStub;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.GrpcClientObservationContext;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.flyteconnect.internal.metrics.ConnectionMetrics;
import io.flyteconnect.internal.metrics.FlyteMeter;
import io.flyteconnect.internal.metrics.SecretMetrics;
import io.flyteconnect.internal.secret.SecretReads;

/**
 * Auto-configuration for the metrics of Flyte connections and secrets, where an
 * application has a Micrometer registry.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
		"io.flyteconnect.autoconfigure.secret.FlyteSecretsAutoConfiguration" })
@ConditionalOnClass({ AbstractStub.class, MeterRegistry.class, GrpcClientObservationContext.class })
@ConditionalOnBooleanProperty(name = "flyte.enabled", matchIfMissing = true)
@ConditionalOnBean(MeterRegistry.class)
public final class FlyteMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConnectionMetrics flyteConnectionMetrics(MeterRegistry meters, ObjectProvider<ObservationRegistry> observations) {
		return new ConnectionMetrics(meters, observations.getIfUnique());
	}

	@Bean
	@ConditionalOnBean(SecretReads.class)
	SecretMetrics flyteSecretMetrics(SecretReads reads) {
		return new SecretMetrics(reads.lookups());
	}

	@Bean
	static MeterFilter flyteMeterDescriptions() {
		return FlyteMeter.descriptions();
	}

}
