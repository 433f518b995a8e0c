package io.flyteconnect.autoconfigure.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.autoconfigure.secret.FlyteSecretsAutoConfiguration;
import io.flyteconnect.internal.metrics.ConnectionMetrics;
import io.flyteconnect.internal.metrics.SecretMetrics;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When connections are measured, and that an application without Micrometer has them all
 * the same.
 */
class FlyteMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class, FlyteSecretsAutoConfiguration.class,
				FlyteMetricsAutoConfiguration.class))
		.withPropertyValues("flyte.config-file=none", "flyte.platform.url=localhost:1", "flyte.platform.insecure=true");

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@Test
	void whenThereIsARegistryThenAConnectionIsMeasuredUntilItsEnd() {
		this.contexts.withBean(MeterRegistry.class, () -> this.meters).run((context) -> {
			assertThat(context).hasSingleBean(ConnectionMetrics.class).hasSingleBean(SecretMetrics.class);
			FlyteConnection connection = context.getBean(FlyteConnection.class);
			assertThat(this.meters.get("flyte.channel.state").tags("connection", "default", "state", "idle").gauge())
				.satisfies((gauge) -> assertThat(gauge.value()).isOne())
				.satisfies((gauge) -> assertThat(gauge.getId().getDescription()).isNotBlank());
			assertThat(this.meters.get("flyte.token.expires.in").gauge().value()).isNaN();
			connection.close();
			assertThat(this.meters.getMeters()).extracting(Meter::getId).isEmpty();
		});
	}

	@Test
	void whenThereIsNoRegistryThenNothingIsMeasured() {
		this.contexts.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(FlyteConnection.class)
			.doesNotHaveBean(ConnectionMetrics.class));
	}

	@Test
	void whenMicrometerIsNotThereThenConnectionsAre() {
		this.contexts.withClassLoader(new FilteredClassLoader("io.micrometer")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(FlyteMetricsAutoConfiguration.class);
			assertThat(context.getBean(FlyteConnection.class).name()).isEqualTo("default");
		});
	}

	@Test
	void whenFlyteIsSwitchedOffThenNothingIsMeasured() {
		this.contexts.withBean(MeterRegistry.class, () -> this.meters)
			.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.withPropertyValues("flyte.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConnectionMetrics.class));
	}

}
