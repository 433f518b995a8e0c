package io.flyteconnect.autoconfigure.secret;

import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint.EnvironmentEntryDescriptor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;

import io.flyteconnect.autoconfigure.TestApplications;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("once")
class FlyteSanitizingAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteSanitizingAutoConfiguration.class));

	@Test
	void whenActuatorIsThereThenSecretsAreKeptOutOfItsPages() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(SanitizingFunction.class));
	}

	@Test
	void whenActuatorIsAbsentThenThereIsNothing() {
		this.runner.withClassLoader(new FilteredClassLoader(SanitizingFunction.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flyteSanitizingFunction"));
	}

	@Test
	void whenTheFunctionIsDefinedThenOursGivesWay() {
		FlyteSanitizingFunction own = new FlyteSanitizingFunction(new MockEnvironment());
		this.runner.withBean("own", FlyteSanitizingFunction.class, () -> own)
			.run((context) -> assertThat(context).getBean(FlyteSanitizingFunction.class).isSameAs(own));
	}

	@Test
	void whenAnApplicationShowsAllValuesThenThoseOfFlytesSecretsAreMasked(@TempDir Path folder) {
		for (String enabled : new String[] { "true", "false" }) {
			try (ConfigurableApplicationContext application = new TestApplications(folder).source(Application.class)
				.argument("--flyte.enabled=" + enabled)
				.argument("--flyte.credentials.client-id=our-client")
				.argument("--flyte.credentials.client-secret=our-secret")
				.argument("--management.endpoint.env.show-values=always")
				.argument("--management.endpoints.jmx.exposure.include=env")
				.argument("--spring.jmx.enabled=true")
				.run()) {
				EnvironmentEndpoint endpoint = application.getBean(EnvironmentEndpoint.class);
				assertThat(value(endpoint, "flyte.credentials.client-secret")).isEqualTo("******");
				assertThat(value(endpoint, "flyte.credentials.client-id")).isEqualTo("our-client");
			}
		}
	}

	private static @Nullable Object value(EnvironmentEndpoint endpoint, String property) {
		EnvironmentEntryDescriptor entry = endpoint.environmentEntry(property);
		return Objects.requireNonNull(entry.getProperty()).getValue();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
