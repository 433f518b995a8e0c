package io.flyteconnect.test.container;

import java.util.Objects;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.lifecycle.TestcontainersLifecycleApplicationContextInitializer;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnections;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.autoconfigure.FlyteConnectionDetails;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a container of Flyte that is a bean.
 */
@Tag("once")
class ContainerBeanTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withInitializer(new TestcontainersLifecycleApplicationContextInitializer())
		.withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class, SslAutoConfiguration.class,
				FlyteAutoConfiguration.class))
		.withPropertyValues("flyte.config-file=none", "flyte.platform.url=flyte.example.com",
				"flyte.channel.max-retries=0");

	@Test
	void whenTheConnectionIsNamedThenTheImageDoesNotMatter() {
		try (FlyteTestServer server = FlyteTestServer.builder().withSampleData().start()) {
			SandboxContainer container = new SandboxContainer("registry.example.com/platform/own-flyte:1", server,
					30080);
			this.runner.withBean(SandboxContainer.class, () -> container)
				.withUserConfiguration(Flyte.class)
				.run((context) -> assertThat(projects(context.getBean(FlyteAdminStub.class))).isEqualTo(3));
			assertThat(container.isRunning()).isFalse();
		}
	}

	@Test
	void whenLabelsNameThePortAndTheSettingsThenTheyCount() {
		try (FlyteTestServer server = FlyteTestServer.builder()
			.tls()
			.clientCredentials("labelled", "labelled-secret")
			.withSampleData()
			.start()) {
			SandboxContainer container = new SandboxContainer(SandboxContainer.IMAGE, server, 8089)
				.withLabel("io.flyteconnect.port", "8089")
				.withLabel("io.flyteconnect.platform.insecure", "false")
				.withLabel("io.flyteconnect.platform.ca-cert-file-path",
						Objects.requireNonNull(server.caCertificate()).toString())
				.withLabel("io.flyteconnect.credentials.auth-mode", "client-credentials")
				.withLabel("io.flyteconnect.credentials.client-id", "labelled")
				.withLabel("io.flyteconnect.credentials.client-secret", "labelled-secret")
				.withLabel("io.other.platform.insecure", "true");
			this.runner.withBean(SandboxContainer.class, () -> container)
				.withUserConfiguration(Flyte.class)
				.run((context) -> assertThat(projects(context.getBean(FlyteAdminStub.class))).isEqualTo(3));
		}
	}

	@Test
	void whenThePortIsNotPublishedThenTheErrorSaysWhichAndWhatToDo() {
		try (FlyteTestServer server = FlyteTestServer.start()) {
			this.runner
				.withBean(SandboxContainer.class, () -> new SandboxContainer(SandboxContainer.IMAGE, server, 8089))
				.withUserConfiguration(Flyte.class)
				.run((context) -> assertThat(context).getFailure()
					.hasStackTraceContaining(" does not publish its port 30080. Publish it, or name the port that"
							+ " Flyte listens on there by the label io.flyteconnect.port."));
		}
	}

	@Test
	void whenTheLabelOfThePortIsNoNumberThenItIsNamed() {
		try (FlyteTestServer server = FlyteTestServer.start()) {
			this.runner
				.withBean(SandboxContainer.class,
						() -> new SandboxContainer(SandboxContainer.IMAGE, server, 30080)
							.withLabel("io.flyteconnect.port", "grpc"))
				.withUserConfiguration(Flyte.class)
				.run((context) -> assertThat(context).getFailure()
					.hasStackTraceContaining("The label io.flyteconnect.port of the Flyte container ")
					.hasStackTraceContaining(" is no port: 'grpc'. Set it to a number such as 30080."));
		}
	}

	@Test
	void whenThereIsNoServiceConnectionThenThePropertiesCount() {
		try (FlyteTestServer server = FlyteTestServer.start()) {
			this.runner
				.withBean(SandboxContainer.class, () -> new SandboxContainer(SandboxContainer.IMAGE, server, 30080))
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FlyteConnectionDetails.class));
		}
	}

	@Test
	void whenALabelNamesAConnectionThenTheContainerStandsInForThatOneAndThereIsNoOther() {
		try (FlyteTestServer server = FlyteTestServer.builder().withSampleData().start()) {
			namesOnly("staging").withBean(SandboxContainer.class, () -> labelled(server, "staging"))
				.withUserConfiguration(Flyte.class)
				.run((context) -> {
					FlyteConnections connections = context.getBean(FlyteConnections.class);
					assertThat(connections.names()).containsExactlyInAnyOrder("staging", "production");
					assertThat(projects(connections.get("staging").admin())).isEqualTo(3);
					assertThat(connections.get("staging").config().channel().deadline()).hasSeconds(7);
					assertThat(connections.get("production").config().endpoint()).hasToString("flyte.example.com");
					assertThat(context).doesNotHaveBean("flyteConnection")
						.doesNotHaveBean("flyteAuthorizedClientManager")
						.hasBean("stagingFlyteAuthorizedClientManager");
				});
		}
	}

	@Test
	void whenALabelNamesNoConnectionThenTheErrorListsThem() {
		try (FlyteTestServer server = FlyteTestServer.start()) {
			namesOnly("staging").withBean(SandboxContainer.class, () -> labelled(server, "stagin"))
				.withUserConfiguration(Flyte.class)
				.run((context) -> assertThat(context).getFailure()
					.hasStackTraceContaining("there is no Flyte connection named 'stagin'; did you mean 'staging'?"
							+ " There are: default, staging"));
		}
	}

	private ApplicationContextRunner namesOnly(String connection) {
		return new ApplicationContextRunner()
			.withInitializer(new TestcontainersLifecycleApplicationContextInitializer())
			.withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class,
					SslAutoConfiguration.class, FlyteAutoConfiguration.class))
			.withPropertyValues("flyte.config-file=none", "flyte.connections." + connection + ".channel.deadline=7s",
					"flyte.connections.production.platform.url=flyte.example.com");
	}

	private static SandboxContainer labelled(FlyteTestServer server, String connection) {
		return new SandboxContainer(SandboxContainer.IMAGE, server, 30080).withLabel("io.flyteconnect.connection",
				connection);
	}

	private static int projects(FlyteAdminStub flyte) {
		return flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsCount();
	}

	@Configuration(proxyBeanMethods = false)
	static class Flyte {

		@Bean
		@ServiceConnection(name = "flyte")
		SandboxContainer flyte(SandboxContainer container) {
			return container;
		}

	}

}
