package io.flyteconnect.internal.client;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.Interactive;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.internal.discovery.ServerMetadataSource;
import io.flyteconnect.internal.http.FlyteHttpClient;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.tls.TrustMaterial;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;
import io.flyteconnect.testsupport.LoginCalls;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.MovableClock;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
class FlyteLoginTests {

	private static final String SECRET = "s3cret +&=/:%";

	private final WireMockServer idp = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

	private LoginServer server;

	private ManagedChannel wire;

	private FlyteLogin login;

	private FlyteHttpClient http;

	@BeforeEach
	void start() throws Exception {
		this.idp.start();
		this.server = new LoginServer();
		this.server.metadata = OAuth2MetadataResponse.newBuilder().setTokenEndpoint(tokenEndpoint()).build();
		answerWithToken("token-1");
	}

	@AfterEach
	void stop() throws Exception {
		if (this.wire != null) {
			this.wire.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
			this.login.close();
			this.http.close();
		}
		this.server.close();
		this.idp.stop();
	}

	@Test
	void whenManyCallersAreColdThenThereIsOneTokenRequestAndNoRefusedCall() throws Exception {
		AdminServiceBlockingStub stub = connect(builder());
		int callers = 200;
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		try {
			CountDownLatch gate = new CountDownLatch(callers);
			List<Future<GetVersionResponse>> answers = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				Callable<GetVersionResponse> call = () -> {
					gate.countDown();
					gate.await();
					return version(stub);
				};
				answers.add(threads.submit(call));
			}
			for (Future<GetVersionResponse> answer : answers) {
				assertThat(answer.get(30, TimeUnit.SECONDS)).isNotNull();
			}
		}
		finally {
			threads.shutdownNow();
		}
		this.idp.verify(1, postRequestedFor(urlEqualTo("/token")));
		assertThat(this.server.metadataCalls).hasValue(2);
		assertThat(this.server.refusals).hasValue(0);
	}

	@Test
	void whenTheGrantIsMadeThenIdAndSecretAreFormEncodedInTheBasicHeader() {
		version(connect(builder().scopes("all", "offline").audience("https://flyte.example")));
		String expected = Base64.getEncoder()
			.encodeToString("my%20client:s3cret%20%2B%26%3D%2F%3A%25".getBytes(StandardCharsets.UTF_8));
		this.idp.verify(1,
				postRequestedFor(urlEqualTo("/token")).withHeader("Authorization", equalTo("Basic " + expected))
					.withHeader("Content-Type", containing("application/x-www-form-urlencoded"))
					.withRequestBody(containing("grant_type=client_credentials"))
					.withRequestBody(containing("scope=all+offline"))
					.withRequestBody(containing("audience=https%3A%2F%2Fflyte.example")));
	}

	@Test
	void whenNoScopeIsKnownThenNoneIsSent() {
		version(connect(builder()));
		this.idp.verify(1, postRequestedFor(urlEqualTo("/token")).withRequestBody(notContaining("scope"))
			.withRequestBody(notContaining("audience")));
	}

	@Test
	void whenTheServerPublishesScopesAndAudienceThenOnlyTheScopesAreUsed() {
		this.server.client = this.server.client.toBuilder().addScopes("srv-a").setAudience("srv-aud").build();
		version(connect(builder()));
		this.idp.verify(1, postRequestedFor(urlEqualTo("/token")).withRequestBody(containing("scope=srv-a"))
			.withRequestBody(notContaining("audience")));
	}

	@Test
	void whenTheAudienceOfAdminIsWantedThenItIsSent() {
		this.server.client = this.server.client.toBuilder().setAudience("srv-aud").build();
		version(connect(builder().property("flyte.credentials.use-audience-from-admin", true)));
		this.idp.verify(1, postRequestedFor(urlEqualTo("/token")).withRequestBody(containing("audience=srv-aud")));
	}

	@Test
	void whenTheServerListsOnlyThePostMethodThenTheSecretGoesInTheBody() {
		this.server.metadata = this.server.metadata.toBuilder()
			.addTokenEndpointAuthMethodsSupported("client_secret_post")
			.build();
		version(connect(builder()));
		this.idp.verify(1,
				postRequestedFor(urlEqualTo("/token")).withoutHeader("Authorization")
					.withRequestBody(containing("client_id=my+client"))
					.withRequestBody(containing("client_secret=s3cret+%2B%26%3D%2F%3A%25")));
	}

	@ParameterizedTest
	@CsvSource({ "a b,a%20b", "+,%2B", "a+b c,a%2Bb%20c", "~*,%7E*", "\u00e4 %,%C3%A4%20%25" })
	void whenIdOrSecretHasABlankThenItGoesAsAPercentSign(String text, String encoded) {
		version(connect(PlatformConfig.builder()
			.endpoint("localhost:" + this.server.port())
			.insecure(true)
			.clientCredentials(text, text)));
		String expected = Base64.getEncoder()
			.encodeToString((encoded + ":" + encoded).getBytes(StandardCharsets.UTF_8));
		this.idp.verify(1,
				postRequestedFor(urlEqualTo("/token")).withHeader("Authorization", equalTo("Basic " + expected)));
	}

	@Test
	void whenTheHttpClientLogsItsRequestsThenTheSecretIsNotAmongThem(CapturedOutput output) {
		Logger web = (Logger) LoggerFactory.getLogger("org.springframework.web");
		Level before = web.getLevel();
		web.setLevel(Level.TRACE);
		try {
			this.server.metadata = this.server.metadata.toBuilder()
				.addTokenEndpointAuthMethodsSupported("client_secret_post")
				.build();
			version(connect(builder()));
		}
		finally {
			web.setLevel(before);
		}
		assertThat(output.getAll()).contains("grant_type").doesNotContain("s3cret");
	}

	@Test
	void whenAMetadataKeyIsConfiguredThenItBeatsThePublishedOne() {
		this.server.client = this.server.client.toBuilder().clearAuthorizationMetadataKey().build();
		AdminServiceBlockingStub stub = connect(
				builder().property("flyte.credentials.authorization-header", "x-corporate-token"));
		this.server.tokenWanted = false;
		version(stub);
		assertThat(this.server.headers.get(0).keys()).contains("x-corporate-token")
			.doesNotContain("authorization", "flyte-authorization");
	}

	@Test
	void whenARefreshWindowIsSetThenRenewalStartsThatLongBeforeTheEnd() throws Exception {
		AdminServiceBlockingStub stub = connect(builder().apply(
				(properties) -> properties.property("flyte.credentials.token-refresh-window", Duration.ofMinutes(5))));
		version(stub);
		answerWithToken("token-2");
		// By a share of the life, it would have been renewed long before.
		this.clock.move(Duration.ofSeconds(3100));
		version(stub);
		Thread.sleep(200);
		this.idp.verify(1, postRequestedFor(urlEqualTo("/token")));
		this.clock.move(Duration.ofSeconds(250));
		version(stub);
		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> this.idp.verify(2, postRequestedFor(urlEqualTo("/token"))));
	}

	@Test
	void whenMetadataAreOldThenTheServerIsAskedAgain() {
		AdminServiceBlockingStub stub = connect(builder());
		version(stub);
		assertThat(this.server.metadataCalls).hasValue(2);
		this.server.client = this.server.client.toBuilder().addScopes("new-scope").build();
		this.clock.move(ServerMetadataSource.TIME_TO_LIVE.plusSeconds(1));
		version(stub);
		assertThat(this.server.metadataCalls).hasValue(4);
		this.idp.verify(1, postRequestedFor(urlEqualTo("/token")).withRequestBody(containing("scope=new-scope")));
	}

	@Test
	void whenMetadataCannotBeRenewedThenTheKnownOnesAreUsed() {
		AdminServiceBlockingStub stub = connect(builder());
		version(stub);
		this.server.metadataFailure = Status.UNAVAILABLE;
		this.clock.move(ServerMetadataSource.TIME_TO_LIVE.plusSeconds(1));
		version(stub);
		this.idp.verify(2, postRequestedFor(urlEqualTo("/token")));
	}

	@Test
	void whenTheServerNamesNoMetadataKeyThenAuthorizationIsUsed() {
		this.server.client = this.server.client.toBuilder().clearAuthorizationMetadataKey().build();
		version(connect(builder()));
		assertThat(this.server.authorizations).containsExactly("Bearer token-1");
	}

	@Test
	void whenTheServerHasNoLoginThenCallsGoWithoutAToken() {
		this.server.metadataFailure = Status.UNIMPLEMENTED;
		this.server.tokenWanted = false;
		AdminServiceBlockingStub stub = connect(builder());
		version(stub);
		version(stub);
		assertThat(this.server.authorizations).containsExactly("null", "null");
		assertThat(this.server.metadataCalls.get()).isBetween(1, 2);
		assertThat(this.idp.getAllServeEvents()).isEmpty();
	}

	@Test
	void whenAServerWithoutMetadataWantsATokenThenTheErrorSaysSo() {
		this.server.metadataFailure = Status.UNIMPLEMENTED;
		StatusRuntimeException ex = failure(connect(builder()));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("localhost:" + this.server.port())
			.hasMessageContaining("client-credentials")
			.hasMessageContaining("refused by server")
			.hasMessageContaining("says nothing about logging in");
	}

	@Test
	void whenATokenUrlIsConfiguredThenMissingMetadataDoNotHinderTheLogin() {
		this.server.metadataFailure = Status.UNIMPLEMENTED;
		this.server.client = this.server.client.toBuilder().clearAuthorizationMetadataKey().build();
		version(connect(builder().property("flyte.credentials.token-url", tokenEndpoint())));
		assertThat(this.server.authorizations).containsExactly("Bearer token-1");
	}

	@Test
	void whenMetadataFailAtFirstThenTheNextCallRecovers() {
		this.server.metadataFailure = Status.UNAVAILABLE.withDescription("starting");
		AdminServiceBlockingStub stub = connect(builder());
		StatusRuntimeException ex = failure(stub);
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(ex).hasMessageContaining("step: discovery").hasMessageContaining("starting");
		assertThat(ex).hasRootCauseInstanceOf(StatusRuntimeException.class);
		this.server.metadataFailure = null;
		this.clock.move(Duration.ofSeconds(1));
		assertThat(version(stub)).isNotNull();
	}

	@Test
	void whenTheTokenIsRefusedThenItIsReplacedOnceAndTheCallSucceeds() {
		AdminServiceBlockingStub stub = connect(builder());
		version(stub);
		this.server.accepted.clear();
		answerWithToken("token-2");
		assertThat(version(stub)).isNotNull();
		assertThat(this.server.authorizations).containsExactly("Bearer token-1", "Bearer token-1", "Bearer token-2");
		this.idp.verify(2, postRequestedFor(urlEqualTo("/token")));
	}

	@Test
	void whenEveryTokenIsRefusedThenTheCallFailsWithBothFactsAndThereIsNoLoop() {
		this.server.accepted.clear();
		AdminServiceBlockingStub stub = connect(builder());
		for (int i = 0; i < 10; i++) {
			StatusRuntimeException ex = failure(stub);
			assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
			assertThat(ex).hasMessageContaining("refused by server")
				.hasMessageContaining("token was refused")
				.hasMessageContaining("token parse error")
				.hasMessageNotContaining("token-1");
		}
		this.idp.verify(2, postRequestedFor(urlEqualTo("/token")));
	}

	@Test
	void whenTheTokenEndsThenANewOneIsFetchedWithoutARefusedCall() {
		AdminServiceBlockingStub stub = connect(builder());
		version(stub);
		answerWithToken("token-2");
		this.clock.move(Duration.ofSeconds(3601));
		version(stub);
		assertThat(this.server.refusals).hasValue(0);
		assertThat(this.server.authorizations).containsExactly("Bearer token-1", "Bearer token-2");
	}

	@ParameterizedTest
	@CsvSource({ "400,invalid_client,UNAUTHENTICATED", "401,invalid_client,UNAUTHENTICATED",
			"403,unauthorized_client,UNAUTHENTICATED", "400,invalid_scope,UNAUTHENTICATED",
			"503,temporarily_unavailable,UNAVAILABLE", "500,server_error,UNAVAILABLE",
			"429,invalid_request,UNAVAILABLE" })
	void whenTheTokenEndpointAnswersAnErrorThenItsCodeIsReadAtAnyStatus(int status, String error, Code code) {
		answer(aResponse().withStatus(status)
			.withHeader("Content-Type", "application/json")
			.withBody(
					"{\"error\":\"" + error + "\",\"error_description\":\"client said " + SECRET + "\\nfake line\"}"));
		StatusRuntimeException ex = failure(connect(builder()));
		assertThat(ex.getStatus().getCode()).isEqualTo(code);
		assertThat(ex).hasMessageContaining("localhost:" + this.server.port())
			.hasMessageContaining("step: token request")
			.hasMessageContaining("HTTP " + status)
			.hasMessageContaining(error)
			.hasMessageContaining("client said ****** fake line");
		LoginException cause = (LoginException) ex.getCause();
		assertThat(cause.getErrorCode()).isEqualTo(error);
		assertThat(cause.getHttpStatus()).isEqualTo(status);
		assertThat(cause.getStep()).isEqualTo(LoginStep.TOKEN_REQUEST);
		assertNoSecretIn(ex);
	}

	@Test
	void whenTheTokenEndpointAnswersHtmlThenTheErrorSaysSo() {
		answer(aResponse().withStatus(502)
			.withHeader("Content-Type", "text/html")
			.withBody("<html>Bad gateway</html>"));
		StatusRuntimeException ex = failure(connect(builder()));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(ex).hasMessageContaining("HTTP 502")
			.hasMessageContaining("text/html")
			.hasMessageNotContaining("Bad gateway");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{} | no access_token", "{\"access_token\":\"\"} | no access_token", "<html> | no JSON object",
					"{\"access_token\":\"x\",\"token_type\":\"mac\"} | token_type is 'mac'",
					"{\"access_token\":\"a\\u0007b\"} | characters that no header can carry" })
	void whenTheAnswerIsNoTokenThenTheErrorSaysWhatIsWrong(String body, String message) {
		answer(aResponse().withStatus(200).withHeader("Content-Type", "application/json").withBody(body));
		StatusRuntimeException ex = failure(connect(builder()));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining(message).hasMessageContaining("HTTP 200");
	}

	@Test
	void whenTheAnswerIsEmptyThenTheErrorSaysSo() {
		answer(aResponse().withStatus(200));
		assertThat(failure(connect(builder()))).hasMessageContaining("HTTP 200, but the answer is empty")
			.hasMessageContaining(tokenEndpoint());
	}

	@Test
	void whenTheTokenEndpointCutsTheConnectionThenTheErrorIsTransient() {
		answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		StatusRuntimeException ex = failure(connect(builder()));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(ex).hasMessageContaining("step: token request").hasMessageContaining(tokenEndpoint());
		assertNoSecretIn(ex);
	}

	@Test
	void whenTheTokenEndpointFailsOnceThenTheNextCallSucceeds() {
		this.idp.stubFor(post("/token").inScenario("once")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(aResponse().withStatus(503))
			.willSetStateTo("up"));
		AdminServiceBlockingStub stub = connect(builder());
		assertThat(failure(stub).getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		answerWithToken("token-1");
		this.clock.move(Duration.ofSeconds(1));
		assertThat(version(stub)).isNotNull();
	}

	@Test
	void whenTheCallersDeadlineIsShorterThanTheLoginThenTheCallEndsInTime() {
		answer(okJson("{\"access_token\":\"token-1\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
			.withFixedDelay(3000));
		AdminServiceBlockingStub stub = connect(builder()).withDeadlineAfter(300, TimeUnit.MILLISECONDS);
		assertThat(failure(stub).getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
	}

	@Test
	void whenAPersonIsNeededThenCallsGoWithoutATokenUntilTheServerRefusesOne() {
		this.server.tokenWanted = false;
		AdminServiceBlockingStub stub = connect(PlatformConfig.builder()
			.endpoint("localhost:" + this.server.port())
			.insecure(true)
			.authMode(AuthMode.PKCE)
			.property("flyte.credentials.interactive", Interactive.NEVER));
		version(stub);
		assertThat(this.server.metadataCalls).hasValue(0);
		this.server.tokenWanted = true;
		this.server.metadata = this.server.metadata.toBuilder()
			.setAuthorizationEndpoint("http://localhost/authorize")
			.build();
		this.server.client = this.server.client.toBuilder()
			.setClientId("flytectl")
			.setRedirectUri("http://localhost:53593/callback")
			.build();
		StatusRuntimeException ex = failure(stub);
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("flyte.credentials.auth-mode=client-credentials")
			.hasMessageContaining("pkce");
	}

	@Test
	void whenTheModeIsNoneThenThereIsNothingOnTheCall() {
		this.server.tokenWanted = false;
		AdminServiceBlockingStub stub = connect(PlatformConfig.builder()
			.endpoint("localhost:" + this.server.port())
			.insecure(true)
			.authMode(AuthMode.NONE));
		version(stub);
		assertThat(this.login.authorizedClientManager()
			.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("flyte").principal("anybody").build())).isNull();
		assertThat(this.server.authorizations).containsExactly("null");
		assertThat(this.server.metadataCalls).hasValue(0);
	}

	@Test
	void whenTheManagerIsAskedThenItGivesTheClientOfTheCalls() {
		AdminServiceBlockingStub stub = connect(builder());
		OAuth2AuthorizedClient client = this.login.authorizedClientManager()
			.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("flyte")
				.principal(new TestingAuthenticationToken("anybody", ""))
				.build());
		assertThat(client).isNotNull();
		assertThat(client.getAccessToken().getTokenValue()).isEqualTo("token-1");
		version(stub);
		this.idp.verify(1, postRequestedFor(urlEqualTo("/token")));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.login.authorizedClientManager()
				.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("other")
					.principal(new TestingAuthenticationToken("anybody", ""))
					.build()))
			.withMessageContaining("'flyte'");
	}

	private final MovableClock clock = new MovableClock();

	private String tokenEndpoint() {
		return "http://localhost:" + this.idp.port() + "/token";
	}

	private void answerWithToken(String token) {
		this.server.accepted.add(token);
		answer(okJson("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
	}

	private void answer(ResponseDefinitionBuilder answer) {
		this.idp.resetMappings();
		this.idp.stubFor(post("/token").willReturn(answer));
	}

	private PlatformConfigBuilder builder() {
		return PlatformConfig.builder()
			.endpoint("localhost:" + this.server.port())
			.insecure(true)
			.clientCredentials("my client", SECRET);
	}

	private AdminServiceBlockingStub connect(PlatformConfigBuilder config) {
		Clock clock = this.clock;
		AtomicReference<Channel> own = new AtomicReference<>();
		PlatformConfig settings = config.build();
		this.http = new FlyteHttpClient("default", TrustMaterial.of("default", settings.tls(), null),
				ProxyRoutes.of(settings.httpProxy(), Map.of()), Duration.ofSeconds(20), Duration.ofSeconds(30),
				DataSize.ofKilobytes(256));
		this.login = new FlyteLogin(settings, own::get, this.http, LoginCustomizations.none(Map.of()), clock);
		this.wire = NettyChannelBuilder.forAddress("localhost", this.server.port())
			.usePlaintext()
			.intercept(LoginCalls.interceptors(settings, this.login.authorization()))
			.build();
		own.set(this.wire);
		return AdminServiceGrpc.newBlockingStub(this.wire);
	}

	private static GetVersionResponse version(AdminServiceBlockingStub stub) {
		return stub.getVersion(GetVersionRequest.getDefaultInstance());
	}

	private static StatusRuntimeException failure(AdminServiceBlockingStub stub) {
		return catchThrowableOfType(StatusRuntimeException.class, () -> version(stub));
	}

	private static void assertNoSecretIn(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			assertThat(cause.toString()).doesNotContain(SECRET).doesNotContain("s3cret");
		}
	}

}
