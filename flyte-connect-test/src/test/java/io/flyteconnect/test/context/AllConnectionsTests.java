package io.flyteconnect.test.context;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnections;
import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link FlyteTest} that names no connection stands in for all that no other one names.
 */
class AllConnectionsTests {

	private static int projects(FlyteAdminStub flyte) {
		return flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsCount();
	}

	@Nested
	@SpringBootTest(classes = Application.class,
			properties = { "flyte.platform.url=unnamed.flyte.test", "flyte.primary=staging",
					"flyte.connections.staging.platform.url=staging.flyte.test",
					"flyte.connections.prod.platform.url=prod.flyte.test" })
	@FlyteTest(sampleData = true)
	@FlyteTest(connection = "prod")
	class WithPrimaryTests {

		@Test
		void whenAnotherConnectionIsPrimaryThenItsCallsReachTheServer(@Autowired FlyteAdminStub primary,
				@Autowired FlyteTestServer server, @Autowired @Qualifier("prod") FlyteTestServer prod,
				@Autowired FlyteConnections connections) {
			assertThat(projects(primary)).isEqualTo(3);
			assertThat(projects(connections.get("default").admin())).isEqualTo(3);
			assertThat(server.calls().count("ListProjects")).isEqualTo(2);
			assertThat(projects(connections.get("prod").admin())).isZero();
			assertThat(prod.calls().count("ListProjects")).isOne();
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class,
			properties = { "flyte.connections.staging.platform.url=staging.flyte.test",
					"flyte.connections.prod.platform.url=prod.flyte.test",
					"flyte.connections.prod.credentials.client-secret-location=/absent/secret",
					"flyte.credentials.client-id=for-heirs" })
	@FlyteTest(sampleData = true)
	class WithNamesOnlyTests {

		@Test
		void whenThereAreNamesOnlyThenAllReachTheServerAndThereIsNoFurtherOne(@Autowired FlyteConnections connections,
				@Autowired FlyteTestServer server) {
			assertThat(connections.names()).containsExactlyInAnyOrder("staging", "prod");
			assertThat(connections.stream().map(FlyteConnection::admin)).allMatch((flyte) -> projects(flyte) == 3);
			assertThat(server.calls().count("ListProjects")).isEqualTo(2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
