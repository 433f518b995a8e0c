package io.flyteconnect.internal.client;

import java.time.Duration;

import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.AuthMode;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token endpoint that does not say how long its tokens live.
 */
class EndlessTokenTests {

	private final TestLogin login = new TestLogin();

	@AfterEach
	void stop() throws Exception {
		this.login.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",\"expires_in\":null" })
	void whenExpiresInIsMissingThenTheTokenIsUsedUntilItIsRefusedAndReplacedOnce(String more) {
		grant("token-1", more);
		AdminServiceBlockingStub stub = this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			credentials.property("flyte.credentials.client-id", "id");
			credentials.property("flyte.credentials.client-secret", "s3cret");
		});
		TestLogin.version(stub);
		this.login.move(Duration.ofDays(30));
		TestLogin.version(stub);
		assertThat(this.login.tokenRequests()).hasSize(1);
		this.login.server.accepted.clear();
		grant("token-2", more);
		TestLogin.version(stub);
		TestLogin.version(stub);
		assertThat(this.login.tokenRequests()).hasSize(2);
		assertThat(this.login.server.refusals).hasValue(1);
		assertThat(this.login.server.authorizations).containsExactly("Bearer token-1", "Bearer token-1",
				"Bearer token-1", "Bearer token-2", "Bearer token-2");
	}

	private void grant(String token, String more) {
		this.login.server.accepted.add(token);
		this.login.answer(okJson("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\"" + more + "}"));
	}

}
