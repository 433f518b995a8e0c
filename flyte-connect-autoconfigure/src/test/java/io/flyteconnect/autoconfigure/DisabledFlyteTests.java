package io.flyteconnect.autoconfigure;

import java.nio.file.Path;

import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.execution.FlyteExecutions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a person reads where Flyte is switched off and something needs it, and where
 * nothing of Flyte is configured.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class DisabledFlyteTests {

	private final Path folder;

	DisabledFlyteTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@ValueSource(classes = { NeedsFlyte.class, NeedsStub.class, NeedsExecutions.class, NeedsManager.class })
	void whenFlyteIsSwitchedOffAndNeededThenThePropertyIsNamed(Class<?> needy, CapturedOutput output) {
		TestApplications application = TestApplications.autoConfigured(this.folder)
			.source(needy)
			.variable("FLYTE_ENABLED", "false");
		assertThatException().isThrownBy(application::run);
		assertThat(output).contains("Flyte is switched off, but the bean 'needy' needs it")
			.contains("Property: flyte.enabled is false")
			.contains("Origin: environment variable FLYTE_ENABLED")
			.contains("ObjectProvider");
	}

	@Test
	void whenSomethingElseIsMissingThenFlyteIsNotBlamed(CapturedOutput output) {
		TestApplications application = TestApplications.autoConfigured(this.folder)
			.source(NeedsRunnable.class)
			.variable("FLYTE_ENABLED", "false");
		assertThatException().isThrownBy(application::run);
		assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("Flyte is switched off");
	}

	@Test
	void whenNothingIsConfiguredThenTheDefaultEndpointIsNamedOnce(CapturedOutput output) {
		TestApplications.autoConfigured(this.folder).run().close();
		assertThat(output).containsOnlyOnce("Flyte connection 'default' goes to localhost:30080, the default, as"
				+ " neither flyte.platform.url nor flyte.api-key is set and no Flyte file is read");
	}

	@Test
	void whenAnEndpointIsConfiguredThenTheDefaultIsNotNamed(CapturedOutput output) {
		TestApplications.autoConfigured(this.folder).variable("FLYTE_PLATFORM_URL", "flyte.test").run().close();
		assertThat(output).doesNotContain("30080");
	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsFlyte {

		@Bean
		String needy(FlyteAdminStub flyte) {
			return flyte.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsStub {

		@Bean
		String needy(AdminServiceBlockingStub flyte) {
			return flyte.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsExecutions {

		@Bean
		String needy(FlyteExecutions flyte) {
			return flyte.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsManager {

		@Bean
		String needy(@Qualifier("flyteAuthorizedClientManager") OAuth2AuthorizedClientManager manager) {
			return manager.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsRunnable {

		@Bean
		String needy(Runnable missing) {
			return missing.toString();
		}

	}

}
