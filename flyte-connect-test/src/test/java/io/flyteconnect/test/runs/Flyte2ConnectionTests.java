package io.flyteconnect.test.runs;

import java.time.Duration;
import java.util.Map;

import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.project.ListProjectsRequest;
import com.flyteidl2.task.GetTaskDetailsRequest;
import com.flyteidl2.task.TaskIdentifier;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.autoconfigure.execution.FlyteExecutionAutoConfiguration;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.doctor.FlyteDiagnosis;
import io.flyteconnect.identity.FlyteUsers;
import io.flyteconnect.login.TokenState.Presence;
import io.flyteconnect.run.FlyteRuns;
import io.flyteconnect.run.RunRequest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections to Flyte 2, with their login, over each protocol.
 */
class Flyte2ConnectionTests {

	private static FlyteTestServer plain;

	private static FlyteTestServer tls;

	@BeforeAll
	static void start() {
		plain = FlyteTestServer.builder().flyte2().clientCredentials("me", "s3cret").start();
		tls = FlyteTestServer.builder().flyte2().tls().clientCredentials("me", "s3cret").start();
		for (FlyteTestServer server : new FlyteTestServer[] { plain, tls }) {
			server.flyte2().tasks().add("snacks", "development", "bakery.bake", "v1");
		}
	}

	@AfterAll
	static void stop() {
		plain.close();
		tls.close();
	}

	@ParameterizedTest
	@CsvSource({ "connect,false", "connect,true", "grpc,false", "grpc,true" })
	void whenFlyte2IsCalledThenTheConnectionLogsInAndItsStubsAnswer(String protocol, boolean encrypted) {
		FlyteTestServer server = encrypted ? tls : plain;
		int before = server.identityProvider().tokenRequestCount();
		try (FlyteConnection flyte = connect(server, Map.of("flyte.platform.protocol", protocol))) {
			assertThat(flyte.runs()
				.projects()
				.blocking()
				.listProjects(ListProjectsRequest.getDefaultInstance())
				.getProjects()
				.getProjectsList()).singleElement()
				.satisfies((project) -> assertThat(project.getId()).isEqualTo("snacks"));
			assertThat(new FlyteUsers(flyte).whoAmI().subject()).isEqualTo("me");
			assertThat(flyte.tokenState().presence()).isEqualTo(Presence.PRESENT);
			assertThat(server.identityProvider().tokenRequestCount()).isEqualTo(before + 1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect", "grpc" })
	void whenATokenIsRefusedThenTheCallGoesOnceMoreWithAnother(String protocol) {
		try (FlyteConnection flyte = connect(plain, Map.of("flyte.platform.protocol", protocol))) {
			flyte.runs().projects().blocking().listProjects(ListProjectsRequest.getDefaultInstance());
			int before = plain.identityProvider().tokenRequestCount();
			plain.behaviour().refuseNext(1);
			flyte.runs().projects().blocking().listProjects(ListProjectsRequest.getDefaultInstance());
			assertThat(plain.identityProvider().tokenRequestCount()).isEqualTo(before + 1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect", "grpc" })
	void whenTheConnectionIsExaminedThenEachStepIsWell(String protocol) {
		try (FlyteConnection flyte = connect(tls, Map.of("flyte.platform.protocol", protocol))) {
			FlyteDiagnosis diagnosis = flyte.diagnose(Duration.ofSeconds(20), false);
			assertThat(diagnosis.failure()).as(diagnosis.toString()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect", "grpc" })
	void whenAnApplicationCallsFlyte2ThenItsRunsHaveItsSettings(String protocol) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(FlyteAutoConfiguration.class, FlyteExecutionAutoConfiguration.class))
			.withPropertyValues(plain.properties()
				.entrySet()
				.stream()
				.map((property) -> property.getKey() + "=" + property.getValue())
				.toArray(String[]::new))
			.withPropertyValues("flyte.platform.protocol=" + protocol, "flyte.runs.project=snacks",
					"flyte.runs.domain=development", "flyte.execution.run-as.k8s-service-account=baker")
			.run((context) -> {
				FlyteRuns runs = context.getBean(FlyteRuns.class);
				RunIdentifier id = runs.launch(RunRequest.task("bakery.bake").build());
				assertThat(plain.flyte2().runs().get(id).getRunSpec().getSecurityContext().getRunAs())
					.satisfies((identity) -> assertThat(identity.getK8SServiceAccount()).isEqualTo("baker"));
				plain.flyte2().runs().fail(id, "no flour");
				assertThat(runs.await(id, Duration.ofSeconds(30)).getAction().getErrorInfo().getMessage())
					.isEqualTo("no flour");
			});
	}

	@Test
	void whenATaskIsUnknownThenTheWordsOfTheServerAreKept() {
		try (FlyteConnection flyte = connect(plain, Map.of())) {
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> flyte.runs()
				.tasks()
				.blocking()
				.getTaskDetails(GetTaskDetailsRequest.newBuilder()
					.setTaskId(TaskIdentifier.newBuilder().setName("nobody").setVersion("v1"))
					.build()));
		}
	}

	@Test
	void whenNobodyHasToLogInThenCallsGoWithoutAToken() {
		try (FlyteTestServer open = FlyteTestServer.builder().flyte2().start();
				FlyteConnection flyte = connect(open, Map.of("flyte.credentials.auth-mode", "pkce"))) {
			flyte.runs().projects().blocking().listProjects(ListProjectsRequest.getDefaultInstance());
			assertThat(flyte.tokenState().presence()).isEqualTo(Presence.NOT_NEEDED);
		}
	}

	@Test
	void whenAConnectionOfFlyte1MeetsFlyte2ThenThePropertyIsNamed() {
		try (FlyteTestServer open = FlyteTestServer.builder().flyte2().start();
				FlyteConnection flyte = connect(open,
						Map.of("flyte.platform.api", "v1", "flyte.credentials.auth-mode", "none"))) {
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> flyte.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance()))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNIMPLEMENTED))
				.withMessageContaining("is a server of Flyte 2")
				.withMessageContaining("flyte.platform.api");
		}
	}

	@Test
	void whenAConnectionOfFlyte2MeetsFlyte1ThenThePropertyIsNamed() {
		try (FlyteTestServer flyte1 = FlyteTestServer.builder().start();
				FlyteConnection flyte = connect(flyte1, Map.of("flyte.platform.api", "v2", "flyte.platform.protocol",
						"grpc", "flyte.credentials.auth-mode", "none"))) {
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(
						() -> flyte.runs().projects().blocking().listProjects(ListProjectsRequest.getDefaultInstance()))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNIMPLEMENTED))
				.withMessageContaining("is a server of Flyte 1")
				.withMessageContaining("flyte.platform.api");
		}
	}

	private static FlyteConnection connect(FlyteTestServer server, Map<String, String> more) {
		PlatformConfigBuilder settings = PlatformConfig.builder();
		server.properties().forEach(settings::property);
		more.forEach(settings::property);
		return new FlyteConnectionFactory().create(settings.build());
	}

}
