package io.flyteconnect.integration.connection.example;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link FlyteTest} as the documentation shows it.
 */
@SpringBootTest
@FlyteTest
class ExecutionsTests {

	@Autowired
	FlyteAdminStub flyte;

	@Test
	void whenStubIsInjectedThenItIsConnectedToTheServerOfTheTest(@Autowired FlyteTestServer server) {
		assertThat(this.flyte.blocking().getVersion(GetVersionRequest.getDefaultInstance()).hasControlPlaneVersion())
			.isTrue();
		server.admin().addProject("from-the-test");
		assertThat(this.flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsList())
			.singleElement()
			.satisfies((project) -> assertThat(project.getId()).isEqualTo("from-the-test"));
		assertThat(server.calls().count("ListProjects")).isOne();
	}

}
