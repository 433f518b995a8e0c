package io.flyteconnect.internal.client;

import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.Interactive;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Mode {@code device-flow}, from the call to the authorization server and back.
 */
class DeviceLoginTests {

	private final TestLogin login = new TestLogin();

	@AfterEach
	void stop() throws Exception {
		this.login.close();
	}

	@Test
	void whenThePersonLogsInThenCallsCarryTheTokenAndTheRefreshTokenRenewsIt() {
		device();
		this.login.grant("token-1", ",\"refresh_token\":\"refresh-1\"");
		AdminServiceBlockingStub stub = connect(Interactive.ALWAYS);
		TestLogin.version(stub);
		this.login.move(Duration.ofSeconds(3601));
		this.login.grant("token-2", "");
		TestLogin.version(stub);
		assertThat(this.login.server.authorizations).containsExactly("null", "Bearer token-1", "Bearer token-2");
		assertThat(this.login.events).hasSize(1);
		assertThat(this.login.tokenRequests()).hasSize(2);
		assertThat(this.login.tokenRequests().get(1).getBodyAsString()).contains("grant_type=refresh_token",
				"refresh_token=refresh-1");
	}

	@Test
	void whenTheRefreshTokenIsRefusedAndThePersonDeniesThenItIsNotPresentedAgain() {
		AdminServiceBlockingStub stub = loginThatEnds();
		this.login.answer(error(400, "invalid_grant"));
		this.login.idp.stubFor(
				post("/token").withRequestBody(containing("device_code=")).willReturn(error(400, "access_denied")));
		for (int i = 0; i < 3; i++) {
			assertThat(TestLogin.failure(stub)).hasMessageContaining("the person denied the login");
			this.login.move(Duration.ofMinutes(1));
		}
		assertThat(refreshRequests()).hasSize(1);
		assertThat(this.login.events).as("the first login, and three more").hasSize(4);
	}

	@ParameterizedTest
	@CsvSource({ "500,server_error", "401,invalid_client" })
	void whenTheErrorIsNotAboutTheRefreshTokenThenItIsKept(int status, String code) {
		AdminServiceBlockingStub stub = loginThatEnds();
		this.login.answer(error(status, code));
		this.login.idp.stubFor(
				post("/token").withRequestBody(containing("device_code=")).willReturn(error(400, "access_denied")));
		assertThat(TestLogin.failure(stub)).hasMessageContaining("the person denied the login");
		this.login.move(Duration.ofMinutes(1));
		this.login.grant("token-2", "");
		TestLogin.version(stub);
		assertThat(refreshRequests()).hasSize(2);
	}

	@Test
	void whenThereIsNoRefreshTokenThenNobodyIsAskedBeforeTheTokenHasEnded() {
		device();
		this.login.grant("token-1", "");
		AdminServiceBlockingStub stub = connect(Interactive.ALWAYS);
		TestLogin.version(stub);
		assertNobodyIsAskedBeforeTheEnd(stub, 1);
		this.login.move(Duration.ofSeconds(11));
		TestLogin.version(stub);
		assertThat(this.login.events).as("the token has ended, and a call needs one").hasSize(2);
	}

	@Test
	void whenTheRefreshTokenIsRefusedThenTheTokenIsUsedToItsEndAndNobodyIsAskedBefore() {
		device();
		this.login.grant("token-1", ",\"refresh_token\":\"refresh-1\"");
		AdminServiceBlockingStub stub = connect(Interactive.ALWAYS);
		TestLogin.version(stub);
		this.login.answer(error(400, "invalid_grant"));
		this.login.move(Duration.ofSeconds(3500));
		TestLogin.version(stub);
		await().atMost(Duration.ofSeconds(20)).until(() -> refreshRequests().size() == 1);
		this.login.move(Duration.ofSeconds(-3500));
		assertNobodyIsAskedBeforeTheEnd(stub, 2);
		this.login.grant("token-2", "");
		this.login.move(Duration.ofSeconds(11));
		TestLogin.version(stub);
		assertThat(this.login.events).as("the token has ended, and a call needs one").hasSize(2);
	}

	private void assertNobodyIsAskedBeforeTheEnd(AdminServiceBlockingStub stub, int tokenRequests) {
		for (int seconds : new int[] { 3000, 500, 90 }) {
			this.login.move(Duration.ofSeconds(seconds));
			TestLogin.version(stub);
		}
		// A login ahead of the end would be in the background.
		await().during(Duration.ofMillis(500))
			.until(() -> this.login.events.size() == 1 && this.login.tokenRequests().size() == tokenRequests);
	}

	private AdminServiceBlockingStub loginThatEnds() {
		device();
		this.login.grant("token-1", ",\"refresh_token\":\"refresh-1\"");
		AdminServiceBlockingStub stub = connect(Interactive.ALWAYS);
		TestLogin.version(stub);
		this.login.move(Duration.ofSeconds(3601));
		return stub;
	}

	private List<LoggedRequest> refreshRequests() {
		return this.login.tokenRequests()
			.stream()
			.filter((request) -> request.getBodyAsString().contains("refresh_token=refresh-1"))
			.toList();
	}

	private static ResponseDefinitionBuilder error(int status, String code) {
		return aResponse().withStatus(status)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\":\"" + code + "\"}");
	}

	@Test
	void whenNobodyCanBeAskedThenTheCallFailsAtOnceWithoutAnyRequest() {
		StatusRuntimeException ex = TestLogin.failure(connect(Interactive.NEVER));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("mode device-flow asks a person")
			.hasMessageContaining("flyte.credentials.auth-mode=client-credentials");
		assertThat(this.login.idp.getAllServeEvents()).isEmpty();
	}

	@Test
	void whenTheServerHasNoDeviceEndpointThenTheErrorSaysSo() {
		this.login.server.metadata = this.login.server.metadata.toBuilder().clearDeviceAuthorizationEndpoint().build();
		assertThat(TestLogin.failure(connect(Interactive.ALWAYS)))
			.hasMessageContaining("the server publishes no device authorization endpoint");
	}

	@Test
	void whenTheDeviceEndpointRefusesThenTheErrorNamesThatEndpoint() {
		this.login.idp.stubFor(post("/device").willReturn(aResponse().withStatus(401)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\":\"invalid_client\"}")));
		assertThat(TestLogin.failure(connect(Interactive.ALWAYS)))
			.hasMessageContaining("HTTP 401 invalid_client (" + this.login.issuer() + "/device)")
			.hasMessageNotContaining("/token");
	}

	private void device() {
		this.login.idp
			.stubFor(post("/device").willReturn(okJson("{\"device_code\":\"device-code-1\",\"user_code\":\"u\","
					+ "\"verification_uri\":\"https://idp.example/device\",\"expires_in\":60,\"interval\":0.2}")));
	}

	private AdminServiceBlockingStub connect(Interactive interactive) {
		return this.login.connect(AuthMode.DEVICE_FLOW,
				(credentials) -> credentials.property("flyte.credentials.interactive", interactive));
	}

}
