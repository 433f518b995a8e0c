package io.flyteconnect.test.connection;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.Status;
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
import io.flyteconnect.test.RecordedCall;
import io.flyteconnect.test.identity.TokenRequest;
import io.flyteconnect.testsupport.TestProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each way to reach Flyte Admin with each way to log in, by the properties of a service
 * alone. What happened is read from the servers.
 */
class ConnectionMatrixTests {

	private static final Map<String, FlyteTestServer> servers = new LinkedHashMap<>();

	@TempDir
	private static Path folder;

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
	void whenConfiguredThenCallsSucceedAndNothingIsAskedForTwice(Transport transport, Login login) {
		FlyteTestServer server = server(transport, login);
		int connections = server.acceptedConnections();
		try (TestProxy proxy = TestProxy.start(Transport.PROXY_USER, Transport.PROXY_PASSWORD)) {
			Applications application = Applications.create();
			transport.configure(application, server, proxy);
			login.configure(application, folder);
			try (ConfigurableApplicationContext context = application.run()) {
				FlyteAdminStub flyte = context.getBean(FlyteAdminStub.class);
				assertThat(server.acceptedConnections()).as("connections at startup").isEqualTo(connections);
				assertThat(proxy.requests()).as("tunnels at startup").isEmpty();
				assertThat(flyte.blocking().getVersion(GetVersionRequest.getDefaultInstance()).hasControlPlaneVersion())
					.isTrue();
				assertThat(flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsList())
					.extracting(Project::getId)
					.contains("flytesnacks");
			}
			assertThat(server.acceptedConnections()).as("connections").isEqualTo(connections + 1);
			assertThat(proxy.requests()).as("tunnels").isEqualTo(transport.tunnels(server, login.isLogin()));
		}
		checkCalls(server, login.isLogin());
		if (login.isLogin()) {
			checkTokenRequest(server);
		}
	}

	private void checkCalls(FlyteTestServer server, boolean login) {
		int metadataCalls = login ? 1 : 0;
		assertThat(server.calls().count("GetOAuth2Metadata")).isEqualTo(metadataCalls);
		assertThat(server.calls().count("GetPublicClientConfig")).isEqualTo(metadataCalls);
		assertThat(server.calls().refused()).as("refused calls").isZero();
		assertThat(server.calls().outcomes(Status.Code.OK)).isEqualTo(2 + 2 * metadataCalls);
		List<RecordedCall> calls = Stream.of("GetVersion", "ListProjects")
			.flatMap((method) -> server.calls().calls(method).stream())
			.toList();
		assertThat(calls).hasSize(2).allSatisfy((call) -> {
			assertThat(call.userAgent()).startsWith("flyte-connect/").contains("grpc-java-netty/");
			assertThat(call.deadline()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
			assertThat(call.metadataKeys().contains("flyte-authorization")).isEqualTo(login);
			assertThat(call.metadataKeys()).doesNotContain("authorization", "proxy-authorization");
			assertThat(call.tokenFingerprint() != null).isEqualTo(login);
		});
		assertThat(calls).extracting(RecordedCall::tokenFingerprint).containsOnly(calls.get(0).tokenFingerprint());
	}

	private void checkTokenRequest(FlyteTestServer server) {
		assertThat(server.identityProvider().requests()).singleElement().satisfies((TokenRequest request) -> {
			assertThat(request.path()).isEqualTo("/oauth2/token");
			assertThat(request.grantType()).isEqualTo("client_credentials");
			assertThat(request.clientId()).isEqualTo(Login.CLIENT_ID);
			assertThat(request.authorizationScheme()).isEqualTo("Basic");
			assertThat(request.scope()).isEqualTo("all offline");
			assertThat(request.parameterNames()).containsExactly("grant_type", "scope");
			assertThat(request.proxyAuthorization()).as("password of the proxy at the provider").isFalse();
		});
	}

	private static FlyteTestServer server(Transport transport, Login login) {
		FlyteTestServer server = servers.computeIfAbsent(transport.serverKind() + login.isLogin(), (key) -> {
			FlyteTestServerBuilder builder = FlyteTestServer.builder().withSampleData();
			transport.prepare(builder);
			login.prepare(builder);
			return builder.start();
		});
		server.calls().clear();
		if (login.isLogin()) {
			server.identityProvider().clearRequests();
		}
		return server;
	}

}
