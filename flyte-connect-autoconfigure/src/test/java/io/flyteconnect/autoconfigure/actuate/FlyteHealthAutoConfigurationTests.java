package io.flyteconnect.autoconfigure.actuate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.actuate.FlyteHealthContributor;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.autoconfigure.TestApplications;
import io.flyteconnect.config.PlatformConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class FlyteHealthAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteHealthAutoConfiguration.class, FlyteAutoConfiguration.class))
		.withPropertyValues("flyte.config-file=none");

	@Test
	void whenActuatorIsThereThenEachConnectionHasItsHealth() {
		PlatformConfig other = PlatformConfig.builder().name("other").endpoint("localhost:1").build();
		this.runner.withBean("otherConnection", FlyteConnection.class, () -> new FlyteConnectionFactory().create(other))
			.run((context) -> assertThat(
					context.getBean(FlyteHealthContributor.class).stream().map((entry) -> entry.name()))
				.containsExactlyInAnyOrder("default", "other"));
	}

	@Test
	void whenHealthOfBootIsAbsentThenThereIsNothing() {
		for (FilteredClassLoader absent : List.of(new FilteredClassLoader("org.springframework.boot.health"),
				new FilteredClassLoader(HealthContributor.class),
				new FilteredClassLoader(ConditionalOnEnabledHealthIndicator.class))) {
			this.runner.withClassLoader(absent)
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flyteHealthContributor"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.flyte.enabled=false", "management.health.defaults.enabled=false",
			"flyte.enabled=false" })
	void whenSwitchedOffThenThereIsNothing(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FlyteHealthContributor.class));
	}

	@Test
	void whenAContributorIsDefinedThenOursGivesWay() {
		FlyteHealthContributor own = new FlyteHealthContributor(List.of(), Duration.ofSeconds(1), Duration.ZERO);
		this.runner.withBean("flyteHealthContributor", FlyteHealthContributor.class, () -> own)
			.run((context) -> assertThat(context).getBean(FlyteHealthContributor.class).isSameAs(own));
	}

	@Test
	void whenTheLimitsAreSetThenTheyCount() {
		this.runner.withPropertyValues("management.health.flyte.timeout=3s", "management.health.flyte.time-to-live=1m")
			.run((context) -> assertThat(context).getBean(FlyteHealthProperties.class)
				.isEqualTo(new FlyteHealthProperties(Duration.ofSeconds(3), Duration.ofMinutes(1))));
		this.runner.run((context) -> assertThat(context).getBean(FlyteHealthProperties.class)
			.isEqualTo(new FlyteHealthProperties(Duration.ofSeconds(2), Duration.ofSeconds(10))));
	}

	@ParameterizedTest
	@CsvSource({ "timeout,900us,PT0.0009S' is less than a millisecond.", "time-to-live,-1s,PT-1S' is negative." })
	void whenALimitCannotBeThenTheStartSaysWhichAndWhy(String name, String value, String reason, @TempDir Path folder,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> new TestApplications(folder).source(Application.class)
			.argument("--management.health.flyte." + name + "=" + value)
			.run()
			.close());
		assertThat(output).contains("Property: management.health.flyte." + name, "Reason: '" + reason);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
