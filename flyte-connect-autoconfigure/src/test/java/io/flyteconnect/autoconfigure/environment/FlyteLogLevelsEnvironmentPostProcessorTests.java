package io.flyteconnect.autoconfigure.environment;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class FlyteLogLevelsEnvironmentPostProcessorTests {

	@Test
	void whenAnApplicationStartsThenLoggersThatWriteSecretsAreQuiet() {
		assertThat(levels()).containsEntry("io.grpc.netty.NettyClientHandler", "info")
			.containsEntry("java.lang.ProcessBuilder", "info")
			.hasSize(2);
	}

	@Test
	void whenTheApplicationNamesThemThenItsLevelsWin() {
		assertThat(levels("--logging.level.io.grpc.netty.NettyClientHandler=warn", "--logging.level.com.example=warn"))
			.containsEntry("io.grpc.netty.NettyClientHandler", "warn")
			.containsEntry("com.example", "warn")
			.containsEntry("java.lang.ProcessBuilder", "info");
	}

	@Test
	void whenFlyteIsOffThenNoLevelIsTouched() {
		assertThat(levels("--flyte.enabled=false")).isEmpty();
	}

	@Test
	void whenTheEnvironmentWasPreparedAlreadyThenNothingIsAdded() {
		try (ConfigurableApplicationContext context = run()) {
			ConfigurableEnvironment environment = context.getEnvironment();
			int sources = environment.getPropertySources().size();
			new FlyteLogLevelsEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());
			assertThat(environment.getPropertySources()).hasSize(sources);
		}
	}

	private static Map<String, String> levels(String... arguments) {
		try (ConfigurableApplicationContext context = run(arguments)) {
			return Binder.get(context.getEnvironment())
				.bind("logging.level", Bindable.mapOf(String.class, String.class))
				.orElse(Map.of());
		}
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		return new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE)
			.properties("flyte.config-file=none")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
