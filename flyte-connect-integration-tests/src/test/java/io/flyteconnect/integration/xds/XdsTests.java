package io.flyteconnect.integration.xds;

import java.util.LinkedHashMap;
import java.util.Map;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.client.ShadedNettyGrpcChannelFactory;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application whose endpoint a control plane knows, with all that gRPC's xDS
 * brings on its class path.
 */
@Tag("once")
@Tag("xds")
class XdsTests {

	private static final String BOOTSTRAP = "io.grpc.xds.bootstrapConfig";

	@AutoClose
	private static final ControlPlane CONTROL_PLANE = new ControlPlane();

	@BeforeAll
	static void start() {
		System.setProperty(BOOTSTRAP, CONTROL_PLANE.bootstrap());
	}

	@AfterAll
	static void stop() {
		System.clearProperty(BOOTSTRAP);
	}

	@Test
	void whenTheTargetIsOfXdsThenCallsGoWhereTheControlPlaneSaysWithTlsAndLogin() {
		try (FlyteTestServer server = FlyteTestServer.builder()
			.tls()
			.clientCredentials("xds", "xds-secret")
			.withSampleData()
			.start()) {
			// The name that the certificate has, too.
			CONTROL_PLANE.lead("localhost", server.port());
			try (ConfigurableApplicationContext application = application(server, "xds:///localhost")) {
				assertThat(projects(application)).isEqualTo(3);
				assertThat(server.calls().calls("ListProjects")).hasSize(1);
				assertThat(server.identityProvider().tokenRequestCount()).isOne();
			}
		}
	}

	@Test
	void whenTheControlPlaneSaysSomethingElseThenCallsGoThereWithoutARestart() {
		try (FlyteTestServer first = FlyteTestServer.start();
				FlyteTestServer second = FlyteTestServer.builder().withSampleData().start()) {
			CONTROL_PLANE.lead("flyteadmin", first.port());
			try (ConfigurableApplicationContext application = application(first, "xds:///flyteadmin")) {
				assertThat(projects(application)).isZero();
				// That of the application, which Flyte's channel has nothing to do with.
				assertThat(application.getBean(GrpcChannelFactory.class))
					.isInstanceOf(ShadedNettyGrpcChannelFactory.class);
				CONTROL_PLANE.lead("flyteadmin", second.port());
				Awaitility.await().untilAsserted(() -> assertThat(projects(application)).isEqualTo(3));
			}
		}
	}

	private static ConfigurableApplicationContext application(FlyteTestServer server, String target) {
		Map<String, Object> properties = new LinkedHashMap<>(server.properties());
		properties.put("flyte.platform.url", target);
		properties.put("flyte.config-file", "none");
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run(properties.entrySet()
				.stream()
				.map((property) -> "--" + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new));
	}

	private static int projects(ConfigurableApplicationContext application) {
		return application.getBean(FlyteAdminStub.class)
			.blocking()
			.listProjects(ProjectListRequest.getDefaultInstance())
			.getProjectsCount();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
