package io.flyteconnect.test.context;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnections;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test servers that stand in for some of the connections of an application.
 */
@Tag("once")
@SpringBootTest(classes = NamedConnectionAnnotationTests.Application.class,
		properties = { "flyte.platform.url=unnamed.flyte.test", "flyte.connections.left.platform.url=left.flyte.test",
				"flyte.connections.right.platform.url=right.flyte.test",
				"flyte.connections.right.credentials.client-secret-location=/absent/secret",
				"flyte.connections.right.channel.deadline=7s",
				"flyte.connections.other.platform.url=other.flyte.test" })
@FlyteTest(connection = "left", sampleData = true)
@FlyteTest(connection = "right", tls = true, auth = FlyteTest.Auth.CLIENT_CREDENTIALS)
class NamedConnectionAnnotationTests {

	@Autowired
	private FlyteConnections connections;

	@Autowired
	@Qualifier("left")
	private FlyteTestServer left;

	@Autowired
	@Qualifier("right")
	private FlyteTestServer right;

	@Test
	void whenAServerStandsInForAConnectionThenItsCallsReachThatServer(
			@Autowired @Qualifier("left") FlyteConnection leftConnection,
			@Autowired @Qualifier("right") FlyteConnection rightConnection) {
		assertThat(projects(leftConnection)).isEqualTo(3);
		assertThat(projects(rightConnection)).isZero();
		assertThat(this.left.calls().count("ListProjects")).isOne();
		assertThat(this.right.calls().count("ListProjects")).isOne();
		assertThat(this.right.identityProvider().tokenRequestCount()).isOne();
	}

	@Test
	void whenAServerStandsInThenOnlyWhereAndHowAreItsOwn() {
		PlatformConfig config = this.connections.get("right").config();
		assertThat(config.endpoint()).hasToString(this.right.endpoint());
		assertThat(config.credentials().authMode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
		assertThat(config.channel().deadline()).hasSeconds(7);
	}

	@Test
	void whenAConnectionIsNotNamedThenItStaysAsItIsConfigured() {
		assertThat(this.connections.get("default").config().endpoint()).hasToString("unnamed.flyte.test");
		assertThat(this.connections.get("other").config().endpoint()).hasToString("other.flyte.test");
	}

	private static int projects(FlyteConnection connection) {
		return connection.admin().blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsCount();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
