package io.flyteconnect.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.Auth;
import flyteidl.service.AuthMetadataServiceGrpc;
import flyteidl.service.Identity;
import flyteidl.service.IdentityServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.flyteconnect.testsupport.TestHttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AuthorizationInterceptor} over the wire.
 */
class LoginTests {

	private static final GetVersionRequest VERSION = GetVersionRequest.getDefaultInstance();

	private static FlyteTestServer server;

	private static TestClient client;

	@BeforeAll
	static void start() {
		server = FlyteTestServer.builder().clientCredentials("client", "secret").audience("flyte").start();
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
		server.identityProvider().accessTokenLifetime(Duration.ofMinutes(30));
	}

	@Test
	void whenNoTokenThenRefusedInFlyteAdminsWords() {
		Status status = TestClient.status(() -> client.admin().getVersion(VERSION));
		assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(status.getDescription()).startsWith("token parse error [id token err: ")
			.contains("Could not retrieve bearer token from metadata")
			.contains("Request unauthenticated with Bearer");
		assertThat(server.calls().refused()).isEqualTo(1);
	}

	@Test
	void whenTokenIsUnderEitherHeaderThenAccepted() {
		String token = FlyteTestServerTests.token(server);
		assertThat(client.admin("flyte-authorization", "Bearer " + token).getVersion(VERSION)).isNotNull();
		assertThat(client.admin("authorization", "Bearer " + token).getVersion(VERSION)).isNotNull();
		assertThat(client.admin("authorization", "bearer " + token).getVersion(VERSION)).isNotNull();
	}

	@Test
	void whenBothHeadersAreThereThenAuthorizationIsRead() {
		String token = FlyteTestServerTests.token(server);
		assertThat(code("flyte-authorization", "Bearer " + token, "authorization", "Bearer bad"))
			.isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(client.admin("flyte-authorization", "Bearer bad", "authorization", "Bearer " + token)
			.getVersion(VERSION)).isNotNull();
	}

	@Test
	void whenSchemeIsMissingOrTokenBlankThenRefused() {
		assertThat(code("authorization", FlyteTestServerTests.token(server))).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(
				TestClient.status(() -> client.admin("authorization", "Bearer  ").getVersion(VERSION)).getDescription())
			.contains("token");
		assertThat(TestClient.status(() -> client.admin("authorization", "Bearer x.y.z").getVersion(VERSION))
			.getDescription()).contains("failed to verify id token signature");
	}

	@Test
	void whenTokenHasExpiredThenRefused() throws Exception {
		server.identityProvider().accessTokenLifetime(Duration.ofSeconds(1));
		String token = FlyteTestServerTests.token(server);
		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> client.admin("authorization", "Bearer " + token).getVersion(VERSION))
				.withMessageContaining("Token is expired"));
	}

	@Test
	void whenTokensAreRevokedThenRefusedUntilThereIsANewOne() {
		String token = FlyteTestServerTests.token(server);
		server.identityProvider().revokeTokens();
		assertThat(code("authorization", "Bearer " + token)).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(client.admin("authorization", "Bearer " + FlyteTestServerTests.token(server)).getVersion(VERSION))
			.isNotNull();
	}

	@Test
	void whenScopeAllIsMissingThenRefused() {
		String token = TestHttp.json(new TestHttp().post(server.identityProvider().tokenEndpoint(),
				Map.of("grant_type", "client_credentials"), "Authorization", TestHttp.basic("client", "secret")),
				"$.access_token");
		Status status = TestClient.status(() -> client.admin("authorization", "Bearer " + token).getVersion(VERSION));
		assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(status.getDescription()).isEqualTo("authenticated user doesn't have required scope");
	}

	@Test
	void whenNextCallsAreToBeRefusedThenExactlyThose() {
		String[] header = { "authorization", "Bearer " + FlyteTestServerTests.token(server) };
		server.behaviour().refuseNext(2);
		assertThat(code(header)).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(code(header)).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(client.admin(header).getVersion(VERSION)).isNotNull();
		assertThat(server.calls().refused()).isEqualTo(2);
		assertThat(server.calls().count("GetVersion")).isEqualTo(3);
	}

	@Test
	void whenMetadataAreAskedForThenNoTokenIsNeeded() {
		AuthMetadataServiceGrpc.AuthMetadataServiceBlockingStub stub = AuthMetadataServiceGrpc
			.newBlockingStub(client.channel());
		Auth.OAuth2MetadataResponse metadata = stub.getOAuth2Metadata(Auth.OAuth2MetadataRequest.getDefaultInstance());
		assertThat(metadata.getIssuer()).isEqualTo(server.identityProvider().issuer().toString());
		assertThat(metadata.getTokenEndpoint()).isEqualTo(server.identityProvider().tokenEndpoint().toString());
		assertThat(metadata.getDeviceAuthorizationEndpoint())
			.isEqualTo(server.identityProvider().deviceAuthorizationEndpoint().toString());
		assertThat(metadata.getTokenEndpointAuthMethodsSupportedList()).contains("client_secret_basic");
		Auth.PublicClientAuthConfigResponse config = stub
			.getPublicClientConfig(Auth.PublicClientAuthConfigRequest.getDefaultInstance());
		assertThat(config.getClientId()).isEqualTo("flytectl");
		assertThat(config.getRedirectUri()).isEqualTo("http://localhost:53593/callback");
		assertThat(config.getScopesList()).containsExactly("all", "offline");
		assertThat(config.getAuthorizationMetadataKey()).isEqualTo("flyte-authorization");
		assertThat(config.getAudience()).isEqualTo("flyte");
	}

	@Test
	void whenCallerIsAskedForThenItIsTheTokensSubject() {
		Metadata metadata = new Metadata();
		metadata.put(MetadataKeys.AUTHORIZATION, "Bearer " + FlyteTestServerTests.token(server));
		assertThat(IdentityServiceGrpc.newBlockingStub(client.channel())
			.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
			.userInfo(Identity.UserInfoRequest.getDefaultInstance())
			.getSubject()).isEqualTo("client");
	}

	@Test
	void whenHealthIsAskedForThenTokenIsNeeded() {
		HealthGrpc.HealthBlockingStub stub = HealthGrpc.newBlockingStub(client.channel());
		HealthCheckRequest request = HealthCheckRequest.getDefaultInstance();
		assertThat(TestClient.status(() -> stub.check(request)).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
		Metadata metadata = new Metadata();
		metadata.put(MetadataKeys.AUTHORIZATION, "Bearer " + FlyteTestServerTests.token(server));
		assertThat(
				stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata)).check(request).getStatus())
			.isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
	}

	@Test
	void whenReflectionIsAskedForThenNoTokenIsNeeded() throws Exception {
		CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
		StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(client.channel())
			.serverReflectionInfo(new StreamObserver<>() {

				@Override
				public void onNext(ServerReflectionResponse response) {
					answer.complete(response);
				}

				@Override
				public void onError(Throwable error) {
					answer.completeExceptionally(error);
				}

				@Override
				public void onCompleted() {
				}

			});
		requests.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
		List<String> services = answer.get(60, TimeUnit.SECONDS)
			.getListServicesResponse()
			.getServiceList()
			.stream()
			.map((service) -> service.getName())
			.toList();
		requests.onCompleted();
		assertThat(services).contains(AdminServiceGrpc.SERVICE_NAME, "flyteidl.service.SignalService");
	}

	@Test
	void whenHeaderHasAnotherNameThenItIsPublishedAndRead() {
		try (FlyteTestServer other = FlyteTestServer.builder()
			.clientCredentials("c", "s")
			.authorizationHeader("X-Flyte-Token")
			.start(); TestClient otherClient = TestClient.plaintext(other)) {
			assertThat(AuthMetadataServiceGrpc.newBlockingStub(otherClient.channel())
				.getPublicClientConfig(Auth.PublicClientAuthConfigRequest.getDefaultInstance())
				.getAuthorizationMetadataKey()).isEqualTo("x-flyte-token");
			assertThat(otherClient.admin("x-flyte-token", "Bearer " + FlyteTestServerTests.token(other))
				.getVersion(VERSION)).isNotNull();
		}
	}

	private Status.Code code(String... header) {
		return TestClient.status(() -> client.admin(header).getVersion(VERSION)).getCode();
	}

}
