package io.flyteconnect.autoconfigure;

import java.nio.file.Path;
import java.util.Map;

import com.flyteidl2.task.TaskServiceGrpc.TaskServiceFutureStub;
import com.flyteidl2.workflow.RunServiceGrpc.RunServiceBlockingStub;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.stub.AbstractStub;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.FlyteRunsStub;
import io.flyteconnect.autoconfigure.execution.FlyteExecutionAutoConfiguration;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.identity.FlyteUsers;
import io.flyteconnect.run.FlyteRuns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is injected by the API that a connection calls.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class FlyteApiTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class, FlyteExecutionAutoConfiguration.class,
				GrpcClientAutoConfiguration.class, SslAutoConfiguration.class))
		.withPropertyValues("flyte.platform.url=flyte.test");

	private final Path folder;

	FlyteApiTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void whenNothingIsSaidThenFlyte1IsCalled() {
		this.runner.run((context) -> {
			assertThat(context.getBean(FlyteConnection.class).api()).isEqualTo(FlyteApi.V1);
			assertThat(context).hasSingleBean(FlyteAdminStub.class)
				.hasSingleBean(FlyteExecutions.class)
				.doesNotHaveBean(FlyteRuns.class)
				.doesNotHaveBean(FlyteRunsStub.class);
			assertThat(context.getBeansOfType(AbstractStub.class)).hasSize(16);
		});
	}

	@Test
	void whenFlyte2IsCalledThenItsStubsAreInjectedAndNoneOfFlyte1() {
		this.runner.withPropertyValues("flyte.platform.api=v2").run((context) -> {
			FlyteConnection flyte = context.getBean(FlyteConnection.class);
			assertThat(flyte.api()).isEqualTo(FlyteApi.V2);
			assertThat(context.getBean(FlyteRunsStub.class)).isSameAs(flyte.runs());
			assertThat(context).hasSingleBean(FlyteRuns.class)
				.doesNotHaveBean(FlyteAdminStub.class)
				.doesNotHaveBean(FlyteExecutions.class)
				.doesNotHaveBean(AdminServiceBlockingStub.class)
				.hasSingleBean(FlyteUsers.class);
			assertThat(context.getBeansOfType(AbstractStub.class)).hasSize(28)
				.allSatisfy((name, stub) -> assertThat(stub.getChannel()).isSameAs(flyte.channel()))
				.allSatisfy((name, stub) -> assertThat(stub.getClass().getName()).startsWith("com.flyteidl2."));
			assertThat(context.getBean("flyteRunsBlockingStub")).isInstanceOf(RunServiceBlockingStub.class);
		});
	}

	@Test
	void whenEachApiIsThatOfOneConnectionThenItsStubsAreInjectedWithoutAName() {
		this.runner
			.withPropertyValues("flyte.connections.next.platform.url=next.flyte.test",
					"flyte.connections.next.platform.api=v2")
			.run((context) -> {
				FlyteConnection next = BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(),
						FlyteConnection.class, "next");
				assertThat(context.getBean(FlyteRunsStub.class)).isSameAs(next.runs());
				assertThat(context.getBean(TaskServiceFutureStub.class).getChannel()).isSameAs(next.channel());
				FlyteConnection unnamed = context.getBean(FlyteConnection.class);
				assertThat(unnamed.api()).isEqualTo(FlyteApi.V1);
				assertThat(context.getBean(FlyteAdminStub.class)).isSameAs(unnamed.admin());
				assertThat(context.getBean(FlyteExecutions.class)).isNotNull();
				assertThat(context.getBean(FlyteRuns.class)).isSameAs(context.getBean("nextFlyteRuns"));
				assertThat(BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(),
						RunServiceBlockingStub.class, "next"))
					.isSameAs(context.getBean("nextFlyteRunsBlockingStub"));
			});
	}

	@Test
	void whenTheMessagesOfFlyte2AreMissingThenFlyte1IsCalledAsEver() {
		this.runner.withClassLoader(new FilteredClassLoader("com.flyteidl2"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FlyteAdminStub.class)
				.doesNotHaveBean("flyteRunsStub"));
	}

	@Test
	void whenTheMessagesOfFlyte2AreMissingThenTheStarterThatBringsThemIsNamed() {
		this.runner.withClassLoader(new FilteredClassLoader("com.flyteidl2"))
			.withPropertyValues("flyte.platform.api=v2")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidFlyteConfigurationException.class, (ex) -> {
					assertThat(ex.getProperty()).isEqualTo("flyte.platform.api");
					assertThat(ex.getAction()).contains("io.flyteconnect:flyte-connect-starter-v2");
				}));
	}

	@Test
	void whenAStubOfTheOtherApiIsWantedOfAConnectionThenThePropertyIsNamed() {
		try (FlyteConnection flyte = new FlyteConnectionFactory().create(config("v2"))) {
			assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(flyte::admin)
				.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.platform.api"));
			assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
				.isThrownBy(() -> flyte.reload(config("v1")))
				.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.platform.api"));
			assertThat(flyte.runs()).isSameAs(flyte.runs());
		}
		try (FlyteConnection flyte = new FlyteConnectionFactory().create(config("v1"))) {
			assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(flyte::runs)
				.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.platform.api"));
		}
	}

	@Test
	void whenAStubOfFlyte1IsInjectedAndFlyte2IsCalledThenTheStartSaysSo(CapturedOutput output) {
		TestApplications application = TestApplications.autoConfigured(this.folder)
			.source(NeedsFlyte1.class)
			.variable("FLYTE_PLATFORM_API", "v2");
		assertThatException().isThrownBy(application::run);
		assertThat(output).contains("No Flyte connection calls Flyte 1, but the bean 'needy' needs what does")
			.contains("Bean: FlyteAdminStub")
			.contains("Property: flyte.platform.api is v2")
			.contains("Origin: environment variable FLYTE_PLATFORM_API")
			.contains("Inject FlyteRunsStub");
	}

	@Test
	void whenAStubOfFlyte2IsInjectedAndFlyte1IsCalledThenTheStartSaysSo(CapturedOutput output) {
		TestApplications application = TestApplications.autoConfigured(this.folder).source(NeedsFlyte2.class);
		assertThatException().isThrownBy(application::run);
		assertThat(output).contains("No Flyte connection calls Flyte 2, but the bean 'needy' needs what does")
			.contains("Property: flyte.platform.api is v1, its default")
			.contains("Set flyte.platform.api to v2");
	}

	@Test
	void whenTheConnectProtocolHasNoHostThenTheStartSaysSo() {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> new FlyteConnectionFactory().create(PlatformConfig.builder()
				.endpoint("unix:/run/flyte.sock")
				.property("flyte.platform.api", "v2")
				.build()))
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.platform.url"))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("flyte.platform.protocol"));
	}

	private static PlatformConfig config(String api) {
		return PlatformConfig.builder()
			.apply((settings) -> Map
				.of("flyte.platform.url", "flyte.test", "flyte.platform.api", api, "flyte.credentials.auth-mode",
						"none")
				.forEach(settings::property))
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsFlyte1 {

		@Bean
		String needy(FlyteAdminStub flyte) {
			return flyte.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsFlyte2 {

		@Bean
		String needy(FlyteRunsStub flyte) {
			return flyte.toString();
		}

	}

}
