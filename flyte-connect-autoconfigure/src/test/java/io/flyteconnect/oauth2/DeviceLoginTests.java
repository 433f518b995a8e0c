package io.flyteconnect.oauth2;

import java.time.Duration;

import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.Interactive;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

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
		this.login.idp.stubFor(post("/device").willReturn(okJson("{\"device_code\":\"d\",\"user_code\":\"u\","
				+ "\"verification_uri\":\"https://idp.example/device\",\"expires_in\":60,\"interval\":0.2}")));
	}

	private AdminServiceBlockingStub connect(Interactive interactive) {
		return this.login.connect(AuthMode.DEVICE_FLOW, (credentials) -> credentials.setInteractive(interactive));
	}

}
