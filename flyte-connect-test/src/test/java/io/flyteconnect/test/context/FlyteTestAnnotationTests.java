package io.flyteconnect.test.context;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.support.AnnotationConfigContextLoader;

import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.TestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FlyteTest}.
 */
@SpringBootTest(classes = FlyteTestAnnotationTests.Application.class, properties = "flyte.platform.url=overridden:1")
@FlyteTest(tls = true, auth = FlyteTest.Auth.CLIENT_CREDENTIALS, sampleData = true)
class FlyteTestAnnotationTests {

	@Autowired
	private FlyteTestServer server;

	@Autowired
	private Environment environment;

	@Test
	void whenAnnotatedThenPropertiesLeadToTheInjectedServer() {
		this.server.properties()
			.forEach((name, value) -> assertThat(this.environment.getProperty(name)).as(name).isEqualTo(value));
		assertThat(this.environment.getProperty("flyte.platform.url")).isEqualTo(this.server.endpoint());
		assertThat(Path.of(this.environment.getRequiredProperty("flyte.platform.ca-cert-file-path"))).exists();
		assertThat(this.server.identityProvider().issuer().getScheme()).isEqualTo("https");
		assertThat(this.server.executions().all()).hasSize(50);
	}

	@Test
	void whenEnvironmentIsPreparedThenNoFlyteFileIsLookedForAnyMore() {
		assertThat(EarlyEnvironment.configFile((ConfigurableEnvironment) this.environment)).isEqualTo("none");
	}

	@Test
	void whenAttributesAreEqualThenContextAndServerAreShared() throws Exception {
		FlyteTestServer first = server(Plain.class);
		assertThat(server(PlainAgain.class)).isSameAs(first);
		FlyteTestServer sampled = server(Sampled.class);
		assertThat(sampled).isNotSameAs(first);
		assertThat(sampled.executions().all()).hasSize(50);
		assertThat(first.executions().all()).isEmpty();
		try (TestClient client = TestClient.plaintext(first)) {
			assertThat(client.admin().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsCount())
				.isZero();
		}
	}

	@Test
	void whenContextIsClosedThenServerStopsAfterTheBeans() throws Exception {
		TestContextManager manager = new TestContextManager(Closed.class);
		ConfigurableApplicationContext context = (ConfigurableApplicationContext) manager.getTestContext()
			.getApplicationContext();
		int port = context.getBean(FlyteTestServer.class).port();
		LastCall last = context.getBean(LastCall.class);
		context.close();
		assertThat(last.connected).isTrue();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> new Socket("127.0.0.1", port).close());
	}

	@Test
	void whenContextDoesNotStartThenServerStops() {
		GenericApplicationContext context = new GenericApplicationContext();
		new FlyteTestContextCustomizer(List.of(new TestedConnection("default", false, FlyteTest.Auth.NONE, false)))
			.customizeContext(context, new MergedContextConfiguration(getClass(), new String[0], new Class<?>[0],
					new String[0], new AnnotationConfigContextLoader()));
		FlyteTestServer started = context.getBeanFactory().getBean(FlyteTestServer.class);
		context.registerBean("broken", Object.class, () -> {
			throw new IllegalStateException("broken");
		});
		assertThatException().isThrownBy(context::refresh).withMessageContaining("broken");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> new Socket("127.0.0.1", started.port()).close());
	}

	private FlyteTestServer server(Class<?> test) throws Exception {
		return new TestContextManager(test).getTestContext().getApplicationContext().getBean(FlyteTestServer.class);
	}

	@Nested
	class NestedTests {

		@Test
		void whenNestedThenServerIsThatOfTheEnclosingClass(@Autowired FlyteTestServer nested) {
			assertThat(nested).isSameAs(FlyteTestAnnotationTests.this.server);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

	@SpringBootTest(classes = Application.class)
	@FlyteTest
	static class Plain {

	}

	@SpringBootTest(classes = Application.class)
	@FlyteTest
	static class PlainAgain {

	}

	@SpringBootTest(classes = Application.class)
	@FlyteTest(sampleData = true)
	static class Sampled {

	}

	@SpringBootTest(classes = ClosingApplication.class)
	@FlyteTest
	static class Closed {

	}

	@Configuration(proxyBeanMethods = false)
	static class ClosingApplication {

		@Bean(destroyMethod = "call")
		LastCall lastCall(FlyteTestServer server) {
			return new LastCall(server);
		}

	}

	static class LastCall {

		private final FlyteTestServer server;

		private boolean connected;

		LastCall(FlyteTestServer server) {
			this.server = server;
		}

		void call() throws IOException {
			new Socket("127.0.0.1", this.server.port()).close();
			this.connected = true;
		}

	}

}
