package io.flyteconnect.internal.client;

import java.time.Duration;
import java.util.function.Consumer;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfigBuilder;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

/**
 * Each request that a login makes to an authorization server, and the way there.
 */
enum FaultyRequest {

	CLIENT_CREDENTIALS(AuthMode.CLIENT_CREDENTIALS),

	CODE_EXCHANGE(AuthMode.PKCE),

	REFRESH(AuthMode.PKCE) {

		@Override
		AdminServiceBlockingStub prepare(TestLogin login, Consumer<PlatformConfigBuilder> customizer) {
			login.grant("token-0", ",\"refresh_token\":\"" + REFRESH_TOKEN + "\"");
			AdminServiceBlockingStub stub = super.prepare(login, customizer);
			TestLogin.version(stub);
			login.move(Duration.ofSeconds(3601));
			login.idp.resetRequests();
			login.events.clear();
			return stub;
		}

	},

	DEVICE_AUTHORIZATION(AuthMode.DEVICE_FLOW) {

		@Override
		void answer(TestLogin login, ResponseDefinitionBuilder answer) {
			login.idp.stubFor(post("/device").willReturn(answer));
		}

	},

	DEVICE_POLL(AuthMode.DEVICE_FLOW) {

		@Override
		AdminServiceBlockingStub prepare(TestLogin login, Consumer<PlatformConfigBuilder> customizer) {
			login.idp.stubFor(post("/device").willReturn(okJson("{\"device_code\":\"" + DEVICE_CODE
					+ "\",\"user_code\":\"USER-CODE\",\"verification_uri\":\"https://idp.example/device\","
					+ "\"expires_in\":1,\"interval\":0.2}")));
			return super.prepare(login, customizer);
		}

	};

	static final String CLIENT_SECRET = "s3cret +&=/:%";

	static final String REFRESH_TOKEN = "r3fresh+/token=";

	static final String DEVICE_CODE = "d3vice+/code=";

	private final AuthMode mode;

	FaultyRequest(AuthMode mode) {
		this.mode = mode;
	}

	/**
	 * Connect, and go as far as this request is the next one.
	 * @param login the login
	 * @param customizer sets more of the credentials
	 * @return the stub
	 */
	AdminServiceBlockingStub prepare(TestLogin login, Consumer<PlatformConfigBuilder> customizer) {
		return login.connect(this.mode, (credentials) -> {
			if (this.mode == AuthMode.CLIENT_CREDENTIALS) {
				credentials.property("flyte.credentials.client-id", "id");
				credentials.property("flyte.credentials.client-secret", CLIENT_SECRET);
			}
			customizer.accept(credentials);
		});
	}

	void answer(TestLogin login, ResponseDefinitionBuilder answer) {
		login.answer(answer);
	}

	boolean isWithBrowser() {
		return this.mode == AuthMode.PKCE;
	}

	String path() {
		return (this == DEVICE_AUTHORIZATION) ? "/device" : "/token";
	}

}
