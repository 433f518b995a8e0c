package io.flyteconnect.autoconfigure;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint.EnvironmentEntryDescriptor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

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
	void whenAnApplicationShowsAllValuesThenThoseOfFlytesSecretsAreMasked() {
		for (String enabled : new String[] { "true", "false" }) {
			try (GuestApplication application = GuestApplication.of(Application.class)
				.web(WebApplicationType.NONE)
				.properties("flyte.enabled=" + enabled, "flyte.credentials.client-id=our-client",
						"flyte.credentials.client-secret=our-secret", "management.endpoint.env.show-values=always",
						"management.endpoints.jmx.exposure.include=env", "spring.jmx.enabled=true")
				.withFlyte()) {
				EnvironmentEndpoint endpoint = application.bean(EnvironmentEndpoint.class);
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
