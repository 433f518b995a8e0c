package io.flyteconnect.test.container;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;
import org.testcontainers.containers.GenericContainer;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a container of Flyte's sandbox in a test of an application that is configured
 * for another Flyte.
 */
@Tag("once")
@SpringBootTest(classes = ServiceConnectionTests.Application.class,
		properties = { "flyte.platform.url=flyte.example.com", "flyte.platform.ssl-bundle=production",
				"flyte.credentials.client-id=production", "flyte.credentials.client-secret-location=/nowhere/secret" })
class ServiceConnectionTests {

	private static final FlyteTestServer SERVER = FlyteTestServer.builder().withSampleData().start();

	@ServiceConnection
	static final GenericContainer<?> SANDBOX = new SandboxContainer(SandboxContainer.IMAGE, SERVER, 30080);

	@Autowired
	private FlyteAdminStub flyte;

	@Autowired
	private FlyteConnection connection;

	@AfterAll
	static void close() {
		SERVER.close();
	}

	@Test
	void whenAContainerOfTheSandboxIsAServiceConnectionThenItIsCalledInPlaintext() {
		assertThat(this.flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsList())
			.hasSize(3);
		assertThat(this.connection.config().endpoint()).hasToString("localhost:" + SERVER.port());
		assertThat(SANDBOX.isRunning()).isTrue();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
