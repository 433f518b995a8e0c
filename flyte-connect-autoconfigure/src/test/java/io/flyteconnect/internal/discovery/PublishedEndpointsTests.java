package io.flyteconnect.internal.discovery;

import java.time.Duration;
import java.util.function.UnaryOperator;

import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.internal.client.TestLogin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PublishedEndpoints}: where the endpoints are that the server names.
 * The address 0.0.0.0 leads to this machine, but is not one of its own names.
 */
@ExtendWith(OutputCaptureExtension.class)
class PublishedEndpointsTests {

	private TestLogin login;

	@BeforeEach
	void start() {
		this.login = new TestLogin();
		this.login.insecure = false;
		this.login.grant("token-1", "");
	}

	@AfterEach
	void stop() throws Exception {
		this.login.close();
	}

	@Test
	void whenThePublishedTokenEndpointIsInPlaintextThenNothingIsSentThere() {
		publish((metadata) -> metadata.setTokenEndpoint(other("/token")));
		StatusRuntimeException failure = TestLogin.failure(client(AuthMode.CLIENT_CREDENTIALS));
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(failure).hasMessageContaining("the token endpoint " + other("/token"))
			.hasMessageContaining("flyte.credentials.allow-insecure-token-url=true")
			.hasMessageContaining("flyte.credentials.token-url");
		assertThat(this.login.idp.getAllServeEvents()).isEmpty();
	}

	@Test
	void whenThePublishedDeviceEndpointIsInPlaintextThenNothingIsSentThere() {
		publish((metadata) -> metadata.setDeviceAuthorizationEndpoint(other("/device")));
		assertThat(TestLogin.failure(client(AuthMode.DEVICE_FLOW)))
			.hasMessageContaining("the device authorization endpoint " + other("/device"));
		assertThat(this.login.idp.getAllServeEvents()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://", "https://", "http://a b/c", "relative/token", "/token", "?x", "token",
			"ftp://idp.example.com/token", "file:///etc/passwd", "mailto:a", "//idp.example.com/token",
			"http://127.0.0.1:99999/x", "http://127.0.0.1:0/x", "https://127.0.0.1:-1/x", "https://a_b/token",
			"https:///token", "https://idp.example.com/{tenant}/token", "http://[::1", "https://user:pa55@/x",
			"https://user:pa/ss@a b/x", "https:/user:pa55@h" })
	void whenAPublishedEndpointIsNoAddressThenTheErrorNamesItAndWhatHelps(String endpoint) {
		publish((metadata) -> metadata.setTokenEndpoint(endpoint));
		for (AuthMode mode : new AuthMode[] { AuthMode.CLIENT_CREDENTIALS, AuthMode.PKCE }) {
			assertThatItIsNoAddress(TestLogin.failure(client(mode)), "the token endpoint '",
					"set flyte.credentials.token-url");
		}
		publish((metadata) -> metadata.setTokenEndpoint(this.login.issuer() + "/token")
			.setDeviceAuthorizationEndpoint(endpoint));
		assertThatItIsNoAddress(TestLogin.failure(client(AuthMode.DEVICE_FLOW)), "the device authorization endpoint '",
				"use another flyte.credentials.auth-mode");
		assertThat(this.login.idp.getAllServeEvents()).isEmpty();
	}

	private static void assertThatItIsNoAddress(StatusRuntimeException failure, String what, String remedy) {
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(failure).hasMessageContaining("(step: credentials)")
			.hasMessageContaining(what)
			.hasMessageContaining(
					"' that the server publishes is no address of http or https with a host and a port; " + remedy)
			.hasMessageNotContaining("pa55")
			.hasMessageNotContaining("pa/ss")
			.hasMessageNotContaining("unexpected");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 400, 401, 404, 503, 302 })
	void whenAPublishedEndpointHasAPasswordThenNoMessageHasIt(int status, CapturedOutput output) {
		this.login.insecure = true;
		this.login.answer(aResponse().withStatus(status)
			.withHeader("Location", "/elsewhere")
			.withHeader("Content-Type", "application/json")
			.withBody((status == 200) ? "{\"access_token\":\"token-1\"}" : "{\"error\":\"odd\"}"));
		String idp = this.login.issuer().replace("http://", "http://user:pa55@word@");
		publish((metadata) -> metadata.setIssuer(idp.replace("127.0.0.1", "localhost"))
			.setTokenEndpoint(idp + "/token")
			.setDeviceAuthorizationEndpoint(idp + "/token"));
		if (status == 200) {
			TestLogin.version(client(AuthMode.CLIENT_CREDENTIALS));
		}
		else {
			assertThat(TestLogin.failure(client(AuthMode.CLIENT_CREDENTIALS))).hasMessageContaining("/token")
				.satisfies((ex) -> TestLogin.assertNoSecret(ex, "pa55", "word@"));
			assertThat(TestLogin.failure(client(AuthMode.DEVICE_FLOW))).hasMessageContaining("/token")
				.satisfies((ex) -> TestLogin.assertNoSecret(ex, "pa55", "word@"));
		}
		assertThat(this.login.tokenRequests()).isNotEmpty()
			.noneMatch((request) -> String.valueOf(request.getHeaders()).contains("pa55"));
		assertThat(output).contains("publishes the issuer http://localhost").doesNotContain("pa55", "word@");
	}

	@Test
	void whenThatIsAllowedOrOnThisMachineOrFlyteIsInPlaintextThenTheTokenIsThere(CapturedOutput output) {
		TestLogin.version(client(AuthMode.CLIENT_CREDENTIALS));
		publish((metadata) -> metadata.setTokenEndpoint(other("/token")));
		TestLogin.version(this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			secret(credentials);
			credentials.property("flyte.credentials.allow-insecure-token-url", true);
		}));
		this.login.insecure = true;
		TestLogin.version(client(AuthMode.CLIENT_CREDENTIALS));
		assertThat(this.login.tokenRequests()).hasSize(3);
		assertThat(output).contains("the token endpoint is on 0.0.0.0");
	}

	@Test
	void whenThePublishedTokenEndpointIsInPlaintextOnThisMachineThenThatIsWarnedOfOnce(CapturedOutput output) {
		AdminServiceBlockingStub stub = client(AuthMode.CLIENT_CREDENTIALS);
		TestLogin.version(stub);
		this.login.move(Duration.ofHours(2));
		TestLogin.version(stub);
		assertThat(this.login.tokenRequests()).hasSize(2);
		assertThat(output).containsOnlyOnce("that the server publishes is in plaintext, although Flyte is called over")
			.doesNotContain("s3cret");
	}

	@Test
	void whenTlsIsRequiredThenNothingIsSentInPlaintextOnThisMachineEither() {
		assertThat(TestLogin.failure(this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			secret(credentials);
			credentials.property("flyte.platform.require-tls", true);
		}))).hasMessageContaining(
				"is in plaintext, which flyte.platform.require-tls refuses, so nothing was sent there");
		assertThat(this.login.tokenRequests()).isEmpty();
	}

	@Test
	void whenTheTokenEndpointIsConfiguredThenItIsNotWarnedOf(CapturedOutput output) {
		TestLogin.version(client(AuthMode.CLIENT_CREDENTIALS));
		String url = this.login.idp.baseUrl() + this.login.tokenRequests().get(0).getUrl();
		assertThat(output).containsOnlyOnce("is in plaintext");
		TestLogin.version(this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			secret(credentials);
			credentials.property("flyte.credentials.token-url", url);
		}));
		assertThat(this.login.tokenRequests()).hasSize(2);
		assertThat(output).containsOnlyOnce("is in plaintext");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenPlaintextIsWantedThenItIsNotWarnedOf(boolean allowed, CapturedOutput output) {
		this.login.insecure = !allowed;
		TestLogin.version(this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			secret(credentials);
			credentials.property("flyte.credentials.allow-insecure-token-url", allowed);
		}));
		assertThat(output).doesNotContain("is in plaintext");
	}

	@Test
	void whenHostsDifferThenThatIsWarnedOfOnce(CapturedOutput output) {
		this.login.insecure = true;
		publish((metadata) -> metadata.setIssuer("https://idp.example.com")
			.setAuthorizationEndpoint("https://unused.example.com/authorize"));
		AdminServiceBlockingStub stub = client(AuthMode.CLIENT_CREDENTIALS);
		for (int i = 1; i <= 3; i++) {
			TestLogin.version(stub);
			this.login.move(Duration.ofHours(2));
		}
		assertThat(this.login.tokenRequests()).hasSize(3);
		assertThat(output)
			.containsOnlyOnce("publishes the issuer https://idp.example.com, but the token endpoint is on 127.0.0.1")
			.doesNotContain("unused.example.com");
	}

	@Test
	void whenATokenUrlIsConfiguredThenItIsHeldTo(CapturedOutput output) {
		publish((metadata) -> metadata.setIssuer("https://idp.example.com")
			.setTokenEndpoint("https://evil.example.com/token"));
		TestLogin.version(this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			secret(credentials);
			credentials.property("flyte.credentials.token-url", this.login.issuer() + "/token");
		}));
		assertThat(this.login.tokenRequests()).hasSize(1);
		assertThat(output).doesNotContain("evil.example.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example.com", "", "http://127.0.0.1" })
	void whenAnotherIssuerIsPublishedThanTheConfiguredOneThenThatIsRefused(String issuer) {
		publish((metadata) -> metadata.setIssuer(issuer));
		assertThat(TestLogin.failure(this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			secret(credentials);
			credentials.property("flyte.credentials.issuer", "https://idp.example.com/");
		}))).hasMessageContaining("flyte.credentials.issuer is https://idp.example.com/, but the server publishes")
			.hasMessageContaining(issuer.isEmpty() ? "no issuer" : issuer);
		assertThat(this.login.tokenRequests()).isEmpty();
	}

	@Test
	void whenTheIssuerIsConfiguredThenItsEndpointsAreOnItsHost() {
		TestLogin.version(this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			secret(credentials);
			credentials.property("flyte.credentials.issuer", this.login.issuer());
		}));
		publish((metadata) -> metadata.setTokenEndpoint("https://evil.example.com/token"));
		assertThat(TestLogin.failure(this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			secret(credentials);
			credentials.property("flyte.credentials.issuer", this.login.issuer());
		}))).hasMessageContaining("but the token endpoint is on evil.example.com");
		assertThat(this.login.tokenRequests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "te", "host", "user-agent", "content-type", "grpc-timeout", " ", "a\rb", "x-bin", "\u00e4",
			":path" })
	void whenNoTokenCanBeSentUnderThePublishedKeyThenThatIsSaid(String key) {
		this.login.server.client = this.login.server.client.toBuilder().setAuthorizationMetadataKey(key).build();
		StatusRuntimeException failure = TestLogin.failure(client(AuthMode.CLIENT_CREDENTIALS));
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(failure).hasMessageContaining("(step: credentials)")
			.hasMessageContaining("the authorization metadata key '")
			.hasMessageContaining("flyte.credentials.authorization-header");
		assertThat(failure.getMessage()).doesNotContain("\r", "unexpected");
	}

	@Test
	void whenThePublishedKeyIsInUpperCaseThenTheTokenIsSentUnderIt() {
		this.login.server.client = this.login.server.client.toBuilder()
			.setAuthorizationMetadataKey("Flyte-Authorization")
			.build();
		this.login.server.tokenWanted = false;
		TestLogin.version(client(AuthMode.CLIENT_CREDENTIALS));
		assertThat(this.login.server.headers.get(this.login.server.headers.size() - 1).keys())
			.contains("flyte-authorization");
	}

	private String other(String path) {
		return "http://0.0.0.0:" + this.login.idp.port() + path;
	}

	private AdminServiceBlockingStub client(AuthMode mode) {
		return this.login.connect(mode,
				(mode == AuthMode.CLIENT_CREDENTIALS) ? PublishedEndpointsTests::secret : (credentials) -> {
				});
	}

	private static void secret(PlatformConfigBuilder credentials) {
		credentials.property("flyte.credentials.client-id", "id");
		credentials.property("flyte.credentials.client-secret", "s3cret");
	}

	private void publish(UnaryOperator<OAuth2MetadataResponse.Builder> change) {
		this.login.server.metadata = change.apply(this.login.server.metadata.toBuilder()).build();
	}

}
