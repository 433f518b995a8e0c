package io.flyteconnect.test;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.ProjectOuterClass.Projects;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth;
import flyteidl.service.AuthMetadataServiceGrpc;
import flyteidl.service.Identity;
import flyteidl.service.IdentityServiceGrpc;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import org.junit.jupiter.api.Test;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.test.identity.FlyteTestIdentityProvider;
import io.flyteconnect.testsupport.TestHttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FlyteTestServer}.
 */
class FlyteTestServerTests {

	private static final GetVersionRequest VERSION = GetVersionRequest.getDefaultInstance();

	@Test
	void whenStartedInOneLineThenPlaintextCallWorks() {
		try (FlyteTestServer server = FlyteTestServer.start(); TestClient client = TestClient.plaintext(server)) {
			assertThat(client.admin().getVersion(VERSION).getControlPlaneVersion().getVersion()).isEqualTo("v1.16.8");
			assertThat(server.endpoint()).isEqualTo("localhost:" + server.port());
			assertThat(client.admin().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsList())
				.isEmpty();
		}
	}

	// As README.md shows it.
	@Test
	void whenAConnectionIsMadeOfItsPropertiesThenItCallsTheServer() {
		try (FlyteTestServer server = FlyteTestServer.builder()
			.tls()
			.clientCredentials("me", "s3cret")
			.withSampleData()
			.start()) {
			PlatformConfigBuilder settings = PlatformConfig.builder();
			server.properties().forEach(settings::property);
			try (FlyteConnection flyte = new FlyteConnectionFactory().create(settings.build())) {
				Projects projects = flyte.admin().blocking().listProjects(ProjectListRequest.getDefaultInstance());
				assertThat(projects.getProjectsList()).hasSize(3);
				assertThat(server.calls().count("ListProjects")).isOne();
			}
		}
	}

	@Test
	void whenNoLoginThenLoginServicesAreUnimplemented() {
		try (FlyteTestServer server = FlyteTestServer.start(); TestClient client = TestClient.plaintext(server)) {
			AuthMetadataServiceGrpc.AuthMetadataServiceBlockingStub stub = AuthMetadataServiceGrpc
				.newBlockingStub(client.channel());
			assertThat(TestClient
				.status(() -> stub.getPublicClientConfig(Auth.PublicClientAuthConfigRequest.getDefaultInstance()))
				.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
			assertThat(TestClient
				.status(() -> IdentityServiceGrpc.newBlockingStub(client.channel())
					.userInfo(Identity.UserInfoRequest.getDefaultInstance()))
				.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
			assertThatIllegalStateException().isThrownBy(server::identityProvider)
				.withMessageContaining("clientCredentials()");
			assertThatIllegalStateException().isThrownBy(server::caCertificate).withMessageContaining("tls()");
		}
	}

	@Test
	void whenTlsThenOnlyItsAuthorityIsTrusted() {
		try (FlyteTestServer server = FlyteTestServer.builder().tls().start();
				FlyteTestServer other = FlyteTestServer.builder().tls().start();
				TestClient client = TestClient.tls(server);
				TestClient plaintext = TestClient.plaintext(server)) {
			assertThat(client.admin().getVersion(VERSION).hasControlPlaneVersion()).isTrue();
			assertThat(TestClient.status(() -> plaintext.admin().getVersion(VERSION)).getCode())
				.isEqualTo(Status.Code.UNAVAILABLE);
			try (TestClient wrong = new TestClient(server,
					TlsChannelCredentials.newBuilder().trustManager(other.caCertificate().toFile()).build())) {
				assertThat(TestClient.status(() -> wrong.admin().getVersion(VERSION)).getCode())
					.isEqualTo(Status.Code.UNAVAILABLE);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	@Test
	void whenClientCertificateIsRequiredThenOnlyClientsWithOneGetIn() throws IOException {
		try (FlyteTestServer server = FlyteTestServer.builder().requireClientCertificates().start();
				TestClient without = TestClient.tls(server);
				TestClient with = new TestClient(server,
						TlsChannelCredentials.newBuilder()
							.trustManager(server.caCertificate().toFile())
							.keyManager(server.certificates().clientCertificate().toFile(),
									server.certificates().clientKey().toFile())
							.build())) {
			assertThat(with.admin().getVersion(VERSION).hasControlPlaneVersion()).isTrue();
			assertThat(TestClient.status(() -> without.admin().getVersion(VERSION)).getCode())
				.isEqualTo(Status.Code.UNAVAILABLE);
			assertThat(server.acceptedConnections()).isEqualTo(1);
		}
	}

	@Test
	void whenLoginIsOnThenOneTokenRequestLeadsToAnswers() {
		try (FlyteTestServer server = FlyteTestServer.builder()
			.tls()
			.clientCredentials("client", "secret")
			.withSampleData()
			.start(); TestClient client = TestClient.tls(server)) {
			Auth.OAuth2MetadataResponse metadata = AuthMetadataServiceGrpc.newBlockingStub(client.channel())
				.getOAuth2Metadata(Auth.OAuth2MetadataRequest.getDefaultInstance());
			assertThat(metadata.getTokenEndpoint()).isEqualTo(server.identityProvider().tokenEndpoint().toString())
				.startsWith("https://localhost:");
			String token = token(server);
			assertThat(client.admin("flyte-authorization", "Bearer " + token)
				.listProjects(ProjectListRequest.getDefaultInstance())
				.getProjectsList()).extracting(Project::getId)
				.containsExactly("flytesnacks", "forecasting", "genomics");
			assertThat(server.identityProvider().tokenRequestCount()).isEqualTo(1);
			assertThat(server.calls().refused()).isZero();
		}
	}

	@Test
	void whenServersRunSideBySideThenTheyShareNothing() {
		try (FlyteTestServer first = FlyteTestServer.builder().clientCredentials("a", "b").start();
				FlyteTestServer second = FlyteTestServer.builder().clientCredentials("a", "b").start();
				TestClient client = TestClient.plaintext(second)) {
			first.admin().addProject("only-here");
			assertThat(client.admin("authorization", "Bearer " + token(second))
				.listProjects(ProjectListRequest.getDefaultInstance())
				.getProjectsCount()).isZero();
			assertThat(
					TestClient.status(() -> client.admin("authorization", "Bearer " + token(first)).getVersion(VERSION))
						.getCode())
				.isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(first.calls().calls()).isEmpty();
			assertThat(first.port()).isNotEqualTo(second.port());
		}
	}

	@Test
	void whenAskedForPropertiesThenTheyConnectAnApplication() {
		try (FlyteTestServer server = FlyteTestServer.builder().tls().clientCredentials("client", "secret").start()) {
			assertThat(server.properties()).containsEntry("flyte.config-file", "none")
				.containsEntry("flyte.platform.url", server.endpoint())
				.containsEntry("flyte.platform.insecure", "false")
				.containsEntry("flyte.platform.ca-cert-file-path", server.caCertificate().toString())
				.containsEntry("flyte.credentials.auth-mode", "client_credentials")
				.containsEntry("flyte.credentials.client-id", "client")
				.containsEntry("flyte.credentials.client-secret", "secret");
		}
		try (FlyteTestServer server = FlyteTestServer.start()) {
			assertThat(server.properties()).containsEntry("flyte.platform.insecure", "true")
				.containsEntry("flyte.credentials.auth-mode", "none")
				.doesNotContainKey("flyte.platform.ca-cert-file-path");
		}
	}

	@Test
	void whenClosedThenPortsThreadsAndFilesAreGone() throws Exception {
		Set<String> files = temporaryFiles();
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		FlyteTestServer server = FlyteTestServer.builder().tls().clientCredentials("client", "secret").start();
		Path authority = server.caCertificate();
		try (TestClient client = TestClient.tls(server)) {
			client.admin("authorization", "Bearer " + token(server)).getVersion(VERSION);
		}
		List<Thread> threads = new ArrayList<>(Thread.getAllStackTraces().keySet());
		threads.removeAll(before);
		// Those of the client side belong to the JVM.
		threads.removeIf((thread) -> thread.getName().startsWith("HttpClient") || thread.getName().startsWith("grpc-"));
		assertThat(threads).extracting(Thread::getName)
			.anyMatch((name) -> name.startsWith("flyte-test-server-io"))
			.anyMatch((name) -> name.startsWith("flyte-test-server-call"));
		assertThat(authority).exists();
		server.close();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Socket("127.0.0.1", server.port()));
		for (Thread thread : threads) {
			if (!thread.getName().contains("Keep-Alive") && !thread.getName().contains("globalEventExecutor")) {
				thread.join(30_000);
				assertThat(thread.isAlive()).as(thread.getName()).isFalse();
			}
		}
		assertThat(Files.exists(authority)).isFalse();
		assertThat(temporaryFiles()).isEqualTo(files);
	}

	// Those of this process: tests run in several at once.
	private Set<String> temporaryFiles() {
		String process = "-" + ProcessHandle.current().pid() + "-";
		return Set.of(Objects.requireNonNull(new File(System.getProperty("java.io.tmpdir"))
			.list((folder, name) -> name.startsWith("flyte-test") && name.contains(process))));
	}

	static String token(FlyteTestServer server) {
		FlyteTestIdentityProvider provider = server.identityProvider();
		String client = Objects.requireNonNull(server.properties().get("flyte.credentials.client-id"));
		String secret = Objects.requireNonNull(server.properties().get("flyte.credentials.client-secret"));
		HttpClient.Builder http = HttpClient.newBuilder();
		if (provider.issuer().getScheme().equals("https")) {
			http.sslContext(server.certificates().clientContext());
		}
		return new TestHttp(http).token(provider.tokenEndpoint(), client, secret);
	}

}
