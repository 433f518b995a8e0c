package io.flyteconnect.test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetMetricsRequest;
import flyteidl.admin.ProjectOuterClass.GetDomainRequest;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ServerBehaviour} and {@link CallLog} over the wire.
 */
class ServerBehaviourTests {

	private static final GetVersionRequest VERSION = GetVersionRequest.getDefaultInstance();

	private static FlyteTestServer server;

	private static TestClient client;

	@BeforeAll
	static void start() {
		server = FlyteTestServer.start();
		client = TestClient.plaintext(server);
	}

	@AfterAll
	static void stop() {
		client.close();
		server.close();
	}

	@AfterEach
	void behave() {
		server.behaviour().reset();
		server.calls().clear();
	}

	@Test
	void whenMethodFailsThenOnlyItAndOnlyThatOftenAndWithTrailers() {
		Metadata trailers = new Metadata();
		trailers.put(MetadataKeys.key("grpc-retry-pushback-ms"), "250");
		server.behaviour().failNext("GetVersion", 2, Status.RESOURCE_EXHAUSTED.withDescription("slow down"), trailers);
		assertThat(client.admin().getDomains(GetDomainRequest.getDefaultInstance()).getDomainsCount()).isEqualTo(3);
		for (int i = 0; i < 2; i++) {
			StatusRuntimeException error = TestClient.error(() -> client.admin().getVersion(VERSION));
			assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
			assertThat(error.getStatus().getDescription()).isEqualTo("slow down");
			assertThat(error.getTrailers()).isNotNull()
				.extracting((actual) -> actual.get(MetadataKeys.key("grpc-retry-pushback-ms")))
				.isEqualTo("250");
		}
		assertThat(client.admin().getVersion(VERSION)).isNotNull();
		assertThat(server.calls().outcomes(Status.Code.RESOURCE_EXHAUSTED)).isEqualTo(2);
		assertThat(server.calls().outcomes(Status.Code.OK)).isEqualTo(2);
	}

	@Test
	void whenFullNameOrAnyMethodIsGivenThenItMatches() {
		server.behaviour().failNext("flyteidl.service.AdminService/GetVersion", 1, Status.UNAVAILABLE);
		server.behaviour().failNext(ServerBehaviour.ANY, 1, Status.INTERNAL);
		assertThat(TestClient.status(() -> client.admin().getVersion(VERSION)).getCode())
			.isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(TestClient.status(() -> client.admin().getVersion(VERSION)).getCode())
			.isEqualTo(Status.Code.INTERNAL);
		assertThat(client.admin().getVersion(VERSION)).isNotNull();
	}

	@Test
	void whenAnswersAreSlowThenDeadlineIsExceeded() {
		server.behaviour().delay("GetVersion", Duration.ofSeconds(5));
		assertThat(TestClient
			.status(() -> client.admin().withDeadlineAfter(300, TimeUnit.MILLISECONDS).getVersion(VERSION))
			.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
		assertThat(client.admin().getDomains(GetDomainRequest.getDefaultInstance())).isNotNull();
		server.behaviour().delay("GetVersion", Duration.ZERO);
		assertThat(client.admin().getVersion(VERSION)).isNotNull();
	}

	@Test
	void whenProxyAuthorizationIsRequiredThenOtherCallsAreRefused() {
		server.behaviour().requireProxyAuthorization("proxy-token");
		Status status = TestClient.status(() -> client.admin().getVersion(VERSION));
		assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(status.getDescription()).contains("IAP");
		assertThat(client.admin("proxy-authorization", "Bearer proxy-token").getVersion(VERSION)).isNotNull();
		assertThat(
				TestClient
					.status(() -> client.admin("proxy-authorization", "Bearer proxy-token", "proxy-authorization",
							"Basic of-another-proxy")
						.getVersion(VERSION))
					.getCode())
			.isEqualTo(Status.Code.UNAUTHENTICATED);
	}

	@Test
	void whenCallIsMadeThenLogTellsAllButTheToken() {
		client.admin("authorization", "Bearer my-token", "x-request-id", "1").getVersion(VERSION);
		client.admin().listProjects(ProjectListRequest.getDefaultInstance());
		assertThat(server.calls().calls()).extracting(RecordedCall::methodName)
			.containsExactly("GetVersion", "ListProjects");
		RecordedCall call = server.calls().calls("GetVersion").get(0);
		assertThat(call.method()).isEqualTo("flyteidl.service.AdminService/GetVersion");
		assertThat(call.metadataKeys()).contains("authorization", "x-request-id");
		assertThat(call.peer()).contains("127.0.0.1");
		assertThat(call.userAgent()).startsWith("test-client/1");
		assertThat(call.deadline()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
		assertThat(call.tokenFingerprint()).isEqualTo(CallLog.fingerprint("my-token")).hasSize(16);
		assertThat(call.toString()).doesNotContain("my-token");
		assertThat(server.calls().calls("ListProjects").get(0).tokenFingerprint()).isNull();
		assertThat(server.calls()).hasToString("2 calls (1 GetVersion, 1 ListProjects), ended: 2 OK");
		server.calls().clear();
		assertThat(server.calls()).hasToString("0 calls");
	}

	@Test
	void whenCallsAreAwaitedThenTheyAreSeenOrMissed() {
		CompletableFuture<Void> later = CompletableFuture.runAsync(() -> {
			client.admin().getVersion(VERSION);
			client.admin().getVersion(VERSION);
		});
		assertThat(server.calls().awaitCalls("GetVersion", 2, Duration.ofSeconds(60))).hasSize(2);
		later.join();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> server.calls().awaitCalls("ListProjects", 1, Duration.ofMillis(50)))
			.withMessageStartingWith(
					"Expected 1 calls of ListProjects within PT0.05S but there were 0 of 2 calls (2 Get");
	}

	@Test
	void whenClientsConnectThenConnectionsAreCounted() throws Exception {
		try (FlyteTestServer own = FlyteTestServer.start()) {
			assertThat(own.acceptedConnections()).isZero();
			try (TestClient first = TestClient.plaintext(own); TestClient second = TestClient.plaintext(own)) {
				first.admin().getVersion(VERSION);
				first.admin().getVersion(VERSION);
				second.admin().getVersion(VERSION);
				assertThat(own.acceptedConnections()).isEqualTo(2);
				assertThat(own.openConnections()).isEqualTo(2);
			}
			for (int i = 0; i < 1000 && own.openConnections() > 0; i++) {
				Thread.sleep(20);
			}
			assertThat(own.openConnections()).isZero();
			assertThat(own.acceptedConnections()).isEqualTo(2);
		}
	}

	@Test
	void whenMethodIsNotThereThenUnimplemented() {
		assertThat(TestClient
			.status(() -> client.admin().getExecutionMetrics(WorkflowExecutionGetMetricsRequest.getDefaultInstance()))
			.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
	}

}
