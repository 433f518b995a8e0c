package io.flyteconnect.test.context;

import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlyteTest} with the starter, in an application that is configured for
 * another Flyte.
 */
@SpringBootTest(classes = ConnectedApplicationTests.Application.class,
		properties = { "flyte.platform.url=flyte.example.com", "flyte.platform.ssl-bundle=production",
				"flyte.platform.http-proxy-url=http://proxy.example.com:3128", "flyte.credentials.client-id=production",
				"flyte.credentials.client-secret-location=/nowhere/secret", "flyte.credentials.scopes=unknown",
				"flyte.credentials.audience=production" })
@FlyteTest(tls = true, auth = FlyteTest.Auth.CLIENT_CREDENTIALS, sampleData = true)
class ConnectedApplicationTests {

	@Autowired
	private FlyteAdminStub flyte;

	@Autowired
	private FlyteTestServer server;

	@Test
	void whenAnnotatedThenInjectedStubTalksToTheServerWithAToken() {
		assertThat(this.flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsList())
			.extracting(Project::getId)
			.containsExactly("flytesnacks", "forecasting", "genomics");
		assertThat(this.server.identityProvider().tokenRequestCount()).isEqualTo(1);
		assertThat(this.server.calls().refused()).isZero();
		assertThat(this.server.calls().calls("ListProjects")).singleElement()
			.satisfies((call) -> assertThat(call.metadataKeys()).contains("flyte-authorization"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
