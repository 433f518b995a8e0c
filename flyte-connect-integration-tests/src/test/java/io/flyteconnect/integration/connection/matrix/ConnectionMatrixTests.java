package io.flyteconnect.integration.connection.matrix;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each way to reach Flyte Admin with each way to log in, by the properties of a service
 * alone. What happened is read from the servers: {@link Login} says what each way costs.
 */
class ConnectionMatrixTests {

	private static final Map<String, FlyteTestServer> servers = new LinkedHashMap<>();

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() {
		cells().map(Arguments::get).forEach((cell) -> server((Transport) cell[0], (Login) cell[1]));
	}

	@AfterAll
	static void stop() {
		servers.values().forEach(FlyteTestServer::close);
		servers.clear();
	}

	static Stream<Arguments> cells() {
		return Arrays.stream(Transport.values())
			.flatMap((transport) -> Arrays.stream(Login.values()).map((login) -> Arguments.of(transport, login)));
	}

	@ParameterizedTest
	@MethodSource("cells")
	void whenConfiguredThenCallsSucceedAndTheServersAreAskedForNoMoreThanThat(Transport transport, Login login) {
		try (Cell cell = new Cell(transport, login, server(transport, login), this.folder);
				ConfigurableApplicationContext context = cell.run()) {
			FlyteAdminStub flyte = context.getBean(FlyteAdminStub.class);
			cell.assertNoTraffic();
			assertThat(version(cell, flyte)).isTrue();
			assertThat(cell.call(() -> flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()))
				.getProjectsList()).extracting(Project::getId).contains("flytesnacks");
			cell.assertTraffic(login.login(), List.of("GetVersion", "ListProjects"));
			if (login.isLogin()) {
				cell.revokeTokens();
				assertThat(version(cell, flyte)).isTrue();
				cell.assertTraffic(login.renewal(), List.of("GetVersion"));
			}
		}
	}

	private static boolean version(Cell cell, FlyteAdminStub flyte) {
		return cell.call(() -> flyte.blocking().getVersion(GetVersionRequest.getDefaultInstance()))
			.hasControlPlaneVersion();
	}

	private static FlyteTestServer server(Transport transport, Login login) {
		return servers.computeIfAbsent(transport.serverKind() + login.isLogin(), (key) -> {
			FlyteTestServerBuilder builder = FlyteTestServer.builder().withSampleData();
			transport.prepare(builder);
			login.prepare(builder);
			return builder.start();
		});
	}

}
