package io.flyteconnect.internal.grant.pkce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.internal.client.TestLogin;
import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;
import io.flyteconnect.login.PersonLoginException;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Mode {@code pkce}, with a scripted browser.
 */
@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
class PkceLoginTests {

	private final TestLogin login = new TestLogin();

	private final HttpClient browser = HttpClient.newBuilder().followRedirects(Redirect.ALWAYS).build();

	private final LinkedBlockingQueue<CompletableFuture<HttpResponse<String>>> pages = new LinkedBlockingQueue<>();

	@BeforeEach
	void script() {
		this.login.grant("token-1", "");
	}

	@AfterEach
	void stop() throws Exception {
		this.login.close();
	}

	@Test
	void whenAPersonLogsInThenTheCodeIsExchangedAndTheCallSucceeds(CapturedOutput output) throws Exception {
		this.login.idp.stubFor(get(urlPathEqualTo("/authorize")).willReturn(aResponse().withStatus(302)
			.withTransformers("response-template")
			.withHeader("Location", "{{{request.query.redirect_uri}}}?code=c0de%2F1&state={{{request.query.state}}}")));
		this.login.listener = (event) -> open(((FlyteBrowserLoginEvent) event).link());
		AdminServiceBlockingStub stub = connect();
		assertThat(TestLogin.version(stub)).isNotNull();
		assertThat(TestLogin.version(stub)).isNotNull();
		HttpResponse<String> page = page();
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("You are logged in to Flyte");

		assertThat(this.login.events).hasSize(1);
		FlyteBrowserLoginEvent event = (FlyteBrowserLoginEvent) this.login.events.get(0);
		assertThat(event.connection()).isEqualTo("default");
		assertThat(event.expiresAt()).isEqualTo(this.login.clock().instant().plusSeconds(120));
		assertThat(output).contains("log in within 120 s at " + event.link());
		Map<String, String> asked = parameters(event.link());
		assertThat(asked).containsEntry("response_type", "code")
			.containsEntry("client_id", "flytectl")
			.containsEntry("scope", "all offline")
			.containsEntry("code_challenge_method", "S256")
			.containsEntry("redirect_uri", redirectUri().toString())
			.doesNotContainKeys("audience", "nonce", "prompt");
		assertThat(asked.get("state")).hasSizeGreaterThanOrEqualTo(43);
		assertThat(this.login.tokenRequests()).hasSize(1);
		LoggedRequest exchange = this.login.tokenRequests().get(0);
		assertThat(exchange.containsHeader("Authorization")).isFalse();
		Map<String, String> form = form(exchange);
		assertThat(form).containsOnlyKeys("grant_type", "client_id", "code", "code_verifier", "redirect_uri")
			.containsEntry("grant_type", "authorization_code")
			.containsEntry("client_id", "flytectl")
			.containsEntry("code", "c0de/1")
			.containsEntry("redirect_uri", redirectUri().toString());
		assertThat(asked).containsEntry("code_challenge", s256(form.get("code_verifier")));
		assertThat(this.login.server.authorizations).containsExactly("null", "Bearer token-1", "Bearer token-1");
		assertThatNobodyListens();
	}

	@Test
	void whenTheServerPublishesAnAudienceThenItIsAskedFor() {
		this.login.server.client = this.login.server.client.toBuilder().setAudience("https://flyte.example").build();
		answerWith((asked) -> Map.of("code", "c0de", "state", asked.get("state")));
		TestLogin.version(connect());
		assertThat(parameters(link())).containsEntry("audience", "https://flyte.example");
		assertThat(form(this.login.tokenRequests().get(0))).containsEntry("audience", "https://flyte.example");
	}

	@Test
	void whenAVisitHasAnotherStateOrNoneThenTheLoginGoesOn() throws Exception {
		this.login.listener = (event) -> CompletableFuture.runAsync(() -> {
			String state = parameters(((FlyteBrowserLoginEvent) event).link()).get("state");
			visit(Map.of("code", "stolen", "state", "wrong"));
			visit(Map.of("code", "stolen"));
			visit(Map.of("error", "access_denied", "state", state + "x"));
			visit(Map.of("code", "c0de", "state", state));
		});
		TestLogin.version(connect());
		for (int i = 0; i < 3; i++) {
			HttpResponse<String> page = page();
			assertThat(page.statusCode()).isEqualTo(400);
			assertThat(page.body()).contains("The login failed", "belongs to another login");
			assertStrict(page);
		}
		assertThat(page().statusCode()).isEqualTo(200);
		assertThat(this.login.tokenRequests()).hasSize(1);
		assertThat(form(this.login.tokenRequests().get(0))).containsEntry("code", "c0de");
	}

	@Test
	void whenThePersonDeniesThenPageAndErrorSaySo() throws Exception {
		answerWith((asked) -> Map.of("error", "access_denied", "error_description", "<script>alert('no')</script>",
				"state", asked.get("state")));
		StatusRuntimeException ex = TestLogin.failure(connect());
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("step: interaction")
			.hasMessageContaining("the authorization server answered access_denied");
		assertThat(((LoginException) ex.getCause()).getErrorCode()).isEqualTo("access_denied");
		assertThat(((LoginException) ex.getCause()).getStep()).isEqualTo(LoginStep.INTERACTION);
		HttpResponse<String> page = page();
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("The login failed", "access_denied", "&lt;script&gt;alert(&#39;no&#39;)")
			.doesNotContain("<script");
		assertStrict(page);
		assertThat(this.login.tokenRequests()).isEmpty();
		assertThatNobodyListens();
	}

	@Test
	void whenTheRefreshTokenIsRefusedAndThePersonDeniesThenItIsNotPresentedAgain() {
		answerWith((asked) -> Map.of("code", "c0de", "state", asked.get("state")));
		this.login.grant("token-1", ",\"refresh_token\":\"refresh-1\"");
		AdminServiceBlockingStub stub = connect();
		TestLogin.version(stub);
		this.login.move(Duration.ofSeconds(3601));
		this.login.answer(aResponse().withStatus(400)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\":\"invalid_grant\"}"));
		answerWith((asked) -> Map.of("error", "ACCESS_DENIED", "state", asked.get("state")));
		for (int i = 0; i < 2; i++) {
			assertThat(TestLogin.failure(stub)).hasMessageContaining("access_denied");
			this.login.move(Duration.ofMinutes(1));
		}
		assertThat(this.login.tokenRequests()).as("the code, and the refresh token once").hasSize(2);
		assertThat(this.login.events).hasSize(3);
	}

	@Test
	void whenTheAnswerNamesTheRightIssuerThenItIsAccepted() {
		answerWith((asked) -> Map.of("code", "c0de", "state", asked.get("state"), "iss", this.login.issuer()));
		assertThat(TestLogin.version(connect())).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "code", "error" })
	void whenTheAnswerNamesAnotherIssuerThenNothingOfItIsBelieved(String kind) throws Exception {
		answerWith((asked) -> Map.of(kind, "c0de", "state", asked.get("state"), "iss", "https://evil.example"));
		StatusRuntimeException ex = TestLogin.failure(connect());
		assertThat(ex)
			.hasMessageContaining("the answer came from the authorization server https://evil.example where "
					+ this.login.issuer() + " was asked")
			.hasMessageNotContaining("c0de");
		assertThat(this.login.tokenRequests()).isEmpty();
		assertThat(page().statusCode()).isEqualTo(400);
	}

	@Test
	void whenTheAnswerHasNeitherCodeNorErrorThenTheErrorSaysSo() throws Exception {
		answerWith((asked) -> Map.of("state", asked.get("state")));
		assertThat(TestLogin.failure(connect())).hasMessageContaining("neither a code nor an error");
		assertThat(page().statusCode()).isEqualTo(400);
	}

	@Test
	void whenThePageIsVisitedASecondTimeThenTheLoginIsNotTouched() throws Exception {
		this.login.answer(token("token-1").withFixedDelay(1500));
		this.login.listener = (event) -> CompletableFuture.runAsync(() -> {
			String state = parameters(((FlyteBrowserLoginEvent) event).link()).get("state");
			visit(Map.of("code", "c0de", "state", state));
			await().atMost(Duration.ofSeconds(20)).until(() -> !this.login.tokenRequests().isEmpty());
			visit(Map.of("code", "another", "state", state));
		});
		TestLogin.version(connect());
		assertThat(page().statusCode()).isEqualTo(200);
		HttpResponse<String> second = page();
		assertThat(second.statusCode()).isEqualTo(409);
		assertThat(second.body()).contains("This login is over already");
		assertStrict(second);
		assertThat(this.login.tokenRequests()).hasSize(1);
		assertThat(form(this.login.tokenRequests().get(0))).containsEntry("code", "c0de");
	}

	@Test
	void whenTheCodeIsRefusedThenPageAndErrorSaySo() throws Exception {
		this.login.answer(aResponse().withStatus(400)
			.withHeader("Content-Type", "application/json")
			.withTransformers("response-template")
			.withBody("{\"error\":\"invalid_grant\",\"error_description\":\"no good: {{{request.body}}}\"}"));
		answerWith((asked) -> Map.of("code", "c0de-secret", "state", asked.get("state")));
		StatusRuntimeException ex = TestLogin.failure(connect());
		assertThat(ex).hasMessageContaining("HTTP 400 invalid_grant: no good: ")
			.hasMessageContaining("step: token request");
		String verifier = form(this.login.tokenRequests().get(0)).get("code_verifier");
		TestLogin.assertNoSecret(ex, "c0de-secret", verifier);
		HttpResponse<String> page = page();
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("invalid_grant").doesNotContain("c0de-secret", verifier);
	}

	@ParameterizedTest
	@CsvSource({ "all offline,false", "openid,true", "all openid offline,true", "openid2,false", "OPENID,false" })
	void whenOpenIdConnectIsSpokenThenAndOnlyThenThereIsANonce(String scopes, boolean nonce) {
		publishScopes(scopes);
		answerWith((asked) -> {
			// An ID token that nobody asked for proves nothing, and is in nobody's way.
			String value = nonce ? asked.get("nonce") : "of another login";
			this.login.grant("token-1", ",\"id_token\":\"" + idToken(value) + "\"");
			return Map.of("code", "c0de", "state", asked.get("state"));
		});
		assertThat(TestLogin.version(connect())).isNotNull();
		Map<String, String> asked = parameters(link());
		assertThat(asked.containsKey("nonce")).isEqualTo(nonce);
		assertThat(asked.getOrDefault("nonce", "x".repeat(43))).hasSizeGreaterThanOrEqualTo(43)
			.isNotEqualTo(asked.get("state"));
	}

	private void publishScopes(String scopes) {
		this.login.server.client = this.login.server.client.toBuilder()
			.clearScopes()
			.addAllScopes(List.of(scopes.split(" ")))
			.build();
	}

	@Test
	void whenTheIdTokenCarriesTheNonceThenItIsAccepted() {
		publishScopes("openid");
		answerWith((asked) -> {
			this.login.grant("token-1", ",\"id_token\":\"" + idToken(asked.get("nonce")) + "\"");
			return Map.of("code", "c0de", "state", asked.get("state"));
		});
		assertThat(TestLogin.version(connect())).isNotNull();
	}

	@ParameterizedTest
	@CsvSource({ "own,own,true", "flytectl,flytectl,false", ",flytectl,false" })
	void whenAClientIdIsConfiguredThenItIsTheOneThatIsUsed(String configured, String used, boolean told,
			CapturedOutput output) {
		answerWith((asked) -> Map.of("code", "c0de", "state", asked.get("state")));
		AdminServiceBlockingStub stub = connect(
				(credentials) -> credentials.property("flyte.credentials.client-id", configured));
		TestLogin.version(stub);
		this.login.move(Duration.ofSeconds(3601));
		TestLogin.version(stub);
		assertThat(parameters(link())).containsEntry("client_id", used);
		assertThat(form(this.login.tokenRequests().get(0))).containsEntry("client_id", used);
		String notice = "uses the configured client id 'own' (flyte.credentials.client-id), where the server publishes"
				+ " 'flytectl'";
		assertThat(output.getAll().split(Pattern.quote(notice), -1)).hasSize(told ? 2 : 1);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "all offline_access,all,-,true", "offline_access,openid email,-,true",
					"all offline_access,all offline_access,-,false", "all offline_access,,-,false",
					"all offline,all,-,false", "all offline_access,all,refresh-1,false" })
	void whenOfflineAccessIsLeftOutThenTheLogSaysSoOnceAndNamesTheProperty(String asked, String granted,
			String refreshToken, boolean told, CapturedOutput output) {
		publishScopes(asked);
		answerWith((query) -> Map.of("code", "c0de", "state", query.get("state")));
		this.login.grant("token-1", ",\"scope\":\"" + ((granted != null) ? granted : "") + "\""
				+ ((refreshToken != null) ? ",\"refresh_token\":\"" + refreshToken + "\"" : ""));
		AdminServiceBlockingStub stub = connect();
		for (int i = 0; i < 2; i++) {
			TestLogin.version(stub);
			this.login.move(Duration.ofSeconds(3601));
		}
		assertThat(output.getAll().split("set flyte.credentials.pkce.prompt=consent", -1)).hasSize(told ? 2 : 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "consent", "login consent", "select_account" })
	void whenAPromptIsConfiguredThenItIsSent(String prompt) {
		answerWith((asked) -> Map.of("code", "c0de", "state", asked.get("state")));
		TestLogin.version(connect((credentials) -> credentials.property("flyte.credentials.pkce.prompt", prompt)));
		assertThat(parameters(link())).containsEntry("prompt", prompt);
	}

	@Test
	void whenThereIsNoRefreshTokenThenNobodyIsAskedBeforeTheTokenHasEnded() {
		answerWith((asked) -> Map.of("code", "c0de", "state", asked.get("state")));
		AdminServiceBlockingStub stub = connect();
		TestLogin.version(stub);
		for (int seconds : new int[] { 3000, 500, 90 }) {
			this.login.move(Duration.ofSeconds(seconds));
			TestLogin.version(stub);
		}
		// A login ahead of the end would be in the background.
		await().during(Duration.ofMillis(500)).until(() -> this.login.events.size() == 1);
		this.login.move(Duration.ofSeconds(11));
		assertThat(this.login.events).as("with a good token").hasSize(1);
		TestLogin.version(stub);
		assertThat(this.login.events).as("the token has ended, and a call needs one").hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "400,invalid_request,client_secret is missing.", "401,invalid_client,Client Secret required",
			"400,invalid_request,The client-secret parameter is needed" })
	void whenTheClientIsAConfidentialOneThenTheErrorSaysThatAPublicOneIsNeeded(int status, String error,
			String description) {
		answerWith((asked) -> Map.of("code", "c0de", "state", asked.get("state")));
		this.login.answer(aResponse().withStatus(status)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}"));
		assertThat(TestLogin.failure(connect())).hasMessageContaining(description)
			.hasMessageContaining("Check the client id 'flytectl', which the server publishes"
					+ " (flyte.credentials.client-id wins over it), which has to be that of a public client, since this"
					+ " mode sends no secret; mode pkce");
	}

	@ParameterizedTest
	@ValueSource(strings = { "invalid_grant", "invalid_client", "unauthorized_client" })
	void whenTheRefreshTokenIsRefusedThenTheTokenIsUsedToItsEndAndNobodyIsAskedBefore(String error) {
		answerWith((asked) -> Map.of("code", "c0de", "state", asked.get("state")));
		this.login.grant("token-1", ",\"refresh_token\":\"refresh-1\"");
		AdminServiceBlockingStub stub = connect();
		TestLogin.version(stub);
		this.login.answer(aResponse().withStatus(400)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\":\"" + error + "\"}"));
		this.login.move(Duration.ofSeconds(3500));
		TestLogin.version(stub);
		await().atMost(Duration.ofSeconds(20)).until(() -> this.login.tokenRequests().size() == 2);
		for (int i = 0; i < 5; i++) {
			this.login.move(Duration.ofSeconds(15));
			TestLogin.version(stub);
		}
		// A login or a renewal ahead of the end would be in the background.
		await().during(Duration.ofMillis(500))
			.until(() -> this.login.tokenRequests().size() == 2 && this.login.events.size() == 1);
		this.login.grant("token-2", "");
		this.login.move(Duration.ofSeconds(30));
		TestLogin.version(stub);
		assertThat(this.login.events).as("a refresh token that was not to blame is tried again")
			.hasSize("invalid_grant".equals(error) ? 2 : 1);
	}

	@Test
	void whenNobodyLogsInThenTheErrorSaysWhatWasSentAndNobodyIsAskedRightAgain() {
		AdminServiceBlockingStub stub = connect((credentials) -> {
			credentials.property("flyte.credentials.client-id", "own");
			credentials.property("flyte.credentials.pkce.timeout", Duration.ofMillis(300));
		});
		StatusRuntimeException ex = TestLogin.failure(stub);
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("nobody logged in within 0.3 s (flyte.credentials.pkce.timeout)")
			.hasMessageContaining("If the browser's page shows an error")
			.hasMessageContaining(
					"the client id 'own', the redirect URI " + redirectUri() + " and the scopes 'all offline'")
			.hasMessageContaining("client id 'own' of flyte.credentials.client-id")
			.hasMessageContaining("scopes 'all offline', which the server publishes");
		this.login.move(Duration.ofSeconds(29));
		assertThat(TestLogin.failure(stub)).hasMessageContaining("nobody logged in");
		assertThat(this.login.events).hasSize(1);
		this.login.move(Duration.ofSeconds(32));
		assertThat(TestLogin.failure(stub)).hasMessageContaining("nobody logged in");
		assertThat(this.login.events).hasSize(2);
	}

	@Test
	void whenTheIdTokenWasMadeForAnotherLoginThenTheLoginFails() throws Exception {
		publishScopes("openid");
		answerWith((asked) -> {
			this.login.grant("token-1", ",\"id_token\":\"" + idToken("another") + "\"");
			return Map.of("code", "c0de", "state", asked.get("state"));
		});
		StatusRuntimeException ex = TestLogin.failure(connect());
		assertThat(ex).hasMessageContaining("step: interaction")
			.hasMessageContaining("the ID token does not carry the nonce of this login");
		assertThat(this.login.server.authorizations).doesNotContain("Bearer token-1");
		assertThat(page().statusCode()).isEqualTo(400);
	}

	@Test
	void whenThePortIsTakenThenTheErrorNamesItAndWhoHoldsIt() throws Exception {
		try (ServerSocket other = new ServerSocket(this.login.callbackPort, 1, InetAddress.getByName("127.0.0.1"))) {
			StatusRuntimeException ex = TestLogin.failure(connect());
			assertThat(ex).hasMessageContaining("port " + other.getLocalPort())
				.hasMessageContaining("(process " + ProcessHandle.current().pid() + ", java)")
				.hasMessageContaining("flyte.credentials.pkce.any-port=true");
		}
		assertThat(this.login.events).isEmpty();
	}

	@Test
	void whenAnyPortWillDoThenATakenOneIsNoObstacle() throws Exception {
		try (ServerSocket other = new ServerSocket(this.login.callbackPort, 1, InetAddress.getByName("127.0.0.1"))) {
			this.login.listener = (event) -> {
				Map<String, String> asked = parameters(((FlyteBrowserLoginEvent) event).link());
				assertThat(URI.create(asked.get("redirect_uri"))).hasHost("localhost").hasPath("/callback");
				assertThat(URI.create(asked.get("redirect_uri")).getPort()).isNotEqualTo(other.getLocalPort());
				open(URI.create(asked.get("redirect_uri") + "?code=c0de&state=" + asked.get("state")));
			};
			assertThat(TestLogin.version(this.login.connect(AuthMode.PKCE,
					(credentials) -> credentials.property("flyte.credentials.pkce.any-port", true))))
				.isNotNull();
		}
	}

	@Test
	void whenAPortThatIsFreeIsTakenInTheMeantimeThenAnotherOneIsTried() throws Exception {
		List<ServerSocket> others = new ArrayList<>();
		try {
			LoopbackRedirect redirect = new LoopbackRedirect(true);
			URI published = URI.create("http://localhost/callback");
			AtomicInteger attempts = new AtomicInteger();
			try (CallbackServer server = redirect.open((uri) -> {
				if (attempts.incrementAndGet() < 3) {
					others.add(taken(uri.getPort()));
				}
				return new CallbackServer("default", uri, "state");
			}, published)) {
				assertThat(server.redirectUri().getPort())
					.isNotIn(others.stream().map(ServerSocket::getLocalPort).toList());
			}
			assertThat(attempts).hasValue(3);
			assertThatExceptionOfType(PersonLoginException.class).isThrownBy(() -> redirect.open((uri) -> {
				others.add(taken(uri.getPort()));
				return new CallbackServer("default", uri, "state");
			}, published)).withMessageContaining("no port was found that is free").withMessageNotContaining("any-port");
		}
		finally {
			for (ServerSocket other : others) {
				other.close();
			}
		}
	}

	private static ServerSocket taken(int port) {
		try {
			return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void whenHalfSentRequestsHangThenTheLoginGoesOnAllTheSame() throws Exception {
		List<String> halves = List.of("", "G", "GET /callback HTTP/1.1\r\n",
				"GET /callback?state=x HTTP/1.1\r\nHost: lo",
				"POST /callback HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf");
		List<Socket> idle = new ArrayList<>();
		this.login.listener = (event) -> CompletableFuture.runAsync(() -> {
			try {
				for (int i = 0; i < 250; i++) {
					Socket socket = new Socket("127.0.0.1", this.login.callbackPort);
					socket.getOutputStream().write(halves.get(i % halves.size()).getBytes());
					idle.add(socket);
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			visit(Map.of("code", "c0de", "state", parameters(((FlyteBrowserLoginEvent) event).link()).get("state")));
		});
		assertThat(TestLogin.version(connect())).isNotNull();
		assertThat(idle).hasSize(250);
		for (Socket socket : idle) {
			socket.close();
		}
	}

	@Test
	void whenNobodyComesThenTheLoginEndsInTimeAndThePortIsFree() {
		StatusRuntimeException ex = TestLogin.failure(this.login.connect(AuthMode.PKCE,
				(credentials) -> credentials.property("flyte.credentials.pkce.timeout", Duration.ofSeconds(1))));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("nobody logged in within 1 s (flyte.credentials.pkce.timeout)");
		assertThatNobodyListens();
	}

	@Test
	void whenTheApplicationStopsThenTheLoginEnds() throws Exception {
		AdminServiceBlockingStub stub = connect();
		CompletableFuture<StatusRuntimeException> call = CompletableFuture.supplyAsync(() -> TestLogin.failure(stub));
		await().atMost(Duration.ofSeconds(20)).until(() -> !this.login.events.isEmpty());
		this.login.closeLogin();
		assertThat(call.get(60, TimeUnit.SECONDS)).hasMessageContaining("the connection is closed");
		assertThatNobodyListens();
	}

	@Test
	void whenAListenerThrowsThenTheLoginGoesOn(CapturedOutput output) {
		this.login.listener = (event) -> {
			Map<String, String> asked = parameters(((FlyteBrowserLoginEvent) event).link());
			visit(Map.of("code", "c0de", "state", asked.get("state")));
			throw new IllegalStateException("a listener's own trouble");
		};
		assertThat(TestLogin.version(connect())).isNotNull();
		assertThat(output).contains("log in within 120 s at");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://localhost:53593/callback", "http://localhost/callback",
			"http://flyte.example:53593/callback", "http://0.0.0.0:53593/callback", "http://127.evil.example:80/",
			"http://a b/", "custom:/callback" })
	void whenTheRedirectUriIsNoLoopbackAddressThenTheErrorSaysSo(String redirectUri) {
		this.login.server.client = this.login.server.client.toBuilder().setRedirectUri(redirectUri).build();
		StatusRuntimeException ex = TestLogin.failure(connect());
		assertThat(ex).hasMessageContaining(redirectUri)
			.hasMessageContaining("that the server publishes is no ")
			.hasMessageContaining("step: interaction");
		assertThat(this.login.events).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:///etc/passwd", "javascript:alert(1)", "smb://host/share", "-h", "not a uri",
			"http://127.0.0.1:65536/authorize" })
	void whenTheAuthorizationEndpointIsNoWebPageThenItIsNotOpened(String endpoint) {
		this.login.server.metadata = this.login.server.metadata.toBuilder().setAuthorizationEndpoint(endpoint).build();
		StatusRuntimeException ex = TestLogin.failure(connect());
		assertThat(ex).hasMessageContaining("authorization endpoint '" + endpoint + "'")
			.hasMessageContaining("that the server publishes is no address");
		assertThat(this.login.events).isEmpty();
	}

	@Test
	void whenTheTokenEndsThenTheRefreshTokenIsUsedAndItsRotationHonoured() {
		this.login.grant("token-1", ",\"refresh_token\":\"refresh-1\"");
		AdminServiceBlockingStub stub = logIn();
		expire();
		this.login.grant("token-2", ",\"refresh_token\":\"refresh-2\"");
		TestLogin.version(stub);
		expire();
		this.login.grant("token-3", "");
		TestLogin.version(stub);
		expire();
		this.login.grant("token-4", "");
		TestLogin.version(stub);
		assertThat(this.login.tokenRequests()).hasSize(4);
		assertThat(this.login.tokenRequests().stream().skip(1).map(PkceLoginTests::form))
			.allSatisfy((form) -> assertThat(form).containsEntry("grant_type", "refresh_token")
				.containsEntry("client_id", "flytectl")
				.doesNotContainKey("client_secret"))
			.extracting((form) -> form.get("refresh_token"))
			.containsExactly("refresh-1", "refresh-2", "refresh-2");
		assertThat(this.login.events).hasSize(1);
		assertThat(this.login.server.authorizations).endsWith("Bearer token-1", "Bearer token-2", "Bearer token-3",
				"Bearer token-4");
	}

	static Stream<ResponseDefinitionBuilder> refusals() {
		return Stream.of(
				aResponse().withStatus(400)
					.withHeader("Content-Type", "application/json")
					.withBody("{\"error\":\"invalid_grant\"}"),
				aResponse().withStatus(500)
					.withHeader("Content-Type", "application/json")
					.withBody("{\"error\":\"server_error\"}"));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void whenTheRefreshTokenIsRefusedThenThePersonIsAskedOnce(ResponseDefinitionBuilder refusal) {
		this.login.grant("token-1", ",\"refresh_token\":\"refresh-1\"");
		AdminServiceBlockingStub stub = logIn();
		expire();
		this.login.idp.stubFor(post("/token").withRequestBody(containing("grant_type=refresh_token"))
			.atPriority(1)
			.willReturn(refusal));
		this.login.grant("token-2", ",\"refresh_token\":\"refresh-2\"");
		TestLogin.version(stub);
		assertThat(this.login.events).hasSize(2);
		assertThat(this.login.tokenRequests().stream().map((request) -> form(request).get("grant_type")))
			.containsExactly("authorization_code", "refresh_token", "authorization_code");
		assertThat(this.login.server.authorizations).endsWith("Bearer token-2");
	}

	static Stream<ResponseDefinitionBuilder> outages() {
		return Stream.of(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), aResponse().withStatus(503),
				aResponse().withStatus(403).withHeader("Content-Type", "text/html").withBody("<h1>Portal</h1>"),
				okJson("{}"));
	}

	@ParameterizedTest
	@MethodSource("outages")
	void whenTheTokenEndpointIsDownThenNobodyIsAskedAndTheTokenIsUsedWhileItLasts(ResponseDefinitionBuilder outage) {
		this.login.grant("token-1", ",\"refresh_token\":\"refresh-1\"");
		AdminServiceBlockingStub stub = logIn();
		this.login.answer(outage);
		// Beyond the time of renewal, which is five minutes ahead of the end.
		this.login.move(Duration.ofMinutes(57));
		for (int call = 0; call < 20; call++) {
			assertThat(TestLogin.version(stub)).isNotNull();
		}
		assertThat(this.login.server.authorizations).endsWith("Bearer token-1");
		expire();
		StatusRuntimeException ex = TestLogin.failure(stub);
		assertThat(ex).hasMessageContaining("step: token request");
		TestLogin.assertNoSecret(ex, "refresh-1");
		assertThat(this.login.events).hasSize(1);
		this.login.grant("token-2", "");
		this.login.move(Duration.ofSeconds(40));
		assertThat(TestLogin.version(stub)).isNotNull();
		assertThat(this.login.events).hasSize(1);
	}

	@Test
	void whenTheLoginRunsThenItIsReachableByLoopbackOnly() throws Exception {
		this.login.listener = (event) -> CompletableFuture.runAsync(() -> {
			Map<String, String> asked = parameters(((FlyteBrowserLoginEvent) event).link());
			for (String host : List.of("127.0.0.1", "[::1]")) {
				open(URI.create("http://" + host + ":" + this.login.callbackPort + "/elsewhere")).join();
			}
			Collections.list(networkInterfaces())
				.stream()
				.flatMap((nic) -> nic.inetAddresses())
				.filter((address) -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
				.forEach((address) -> {
					if (isOpen(address)) {
						this.pages.add(CompletableFuture
							.failedFuture(new AssertionError(address + " is open to the network")));
					}
				});
			visit(Map.of("code", "c0de", "state", asked.get("state")));
		});
		TestLogin.version(connect());
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> page = page();
			assertThat(page.statusCode()).isEqualTo(404);
			assertStrict(page);
		}
		assertThat(page().statusCode()).isEqualTo(200);
	}

	private static Enumeration<NetworkInterface> networkInterfaces() {
		try {
			return NetworkInterface.getNetworkInterfaces();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private AdminServiceBlockingStub connect() {
		return connect((credentials) -> {
		});
	}

	private AdminServiceBlockingStub connect(Consumer<PlatformConfigBuilder> customizer) {
		return this.login.connect(AuthMode.PKCE, customizer);
	}

	private AdminServiceBlockingStub logIn() {
		answerWith((asked) -> Map.of("code", "c0de", "state", asked.get("state")));
		AdminServiceBlockingStub stub = connect();
		GetVersionResponse version = TestLogin.version(stub);
		assertThat(version).isNotNull();
		return stub;
	}

	private void expire() {
		this.login.move(Duration.ofSeconds(3601));
	}

	private URI redirectUri() {
		return URI.create("http://localhost:" + this.login.callbackPort + "/callback");
	}

	private URI link() {
		return ((FlyteBrowserLoginEvent) this.login.events.get(0)).link();
	}

	/**
	 * Let the browser come back with what a test wants.
	 */
	private void answerWith(Function<Map<String, String>, Map<String, String>> answer) {
		this.login.listener = (event) -> {
			Map<String, String> asked = parameters(((FlyteBrowserLoginEvent) event).link());
			CompletableFuture.runAsync(() -> visit(answer.apply(asked)));
		};
	}

	private void visit(Map<String, String> parameters) {
		StringBuilder query = new StringBuilder("?");
		parameters.forEach((name, value) -> query.append(name)
			.append('=')
			.append(URLEncoder.encode(value, StandardCharsets.UTF_8))
			.append('&'));
		open(URI.create(redirectUri() + query.toString()));
	}

	private CompletableFuture<HttpResponse<String>> open(URI link) {
		CompletableFuture<HttpResponse<String>> page = this.browser.sendAsync(HttpRequest.newBuilder(link).build(),
				BodyHandlers.ofString());
		this.pages.add(page);
		return page;
	}

	private HttpResponse<String> page() throws Exception {
		CompletableFuture<HttpResponse<String>> page = this.pages.poll(60, TimeUnit.SECONDS);
		assertThat(page).as("a page").isNotNull();
		return page.get(60, TimeUnit.SECONDS);
	}

	private boolean isOpen(InetAddress address) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(address, this.login.callbackPort), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void assertThatNobodyListens() {
		for (String address : List.of("127.0.0.1", "[::1]")) {
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> this.browser.send(
					HttpRequest.newBuilder(URI.create("http://" + address + ":" + this.login.callbackPort)).build(),
					BodyHandlers.ofString()));
		}
	}

	private static void assertStrict(HttpResponse<String> page) {
		assertThat(page.headers().firstValue("Content-Security-Policy"))
			.hasValueSatisfying((policy) -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'",
					"base-uri 'none'", "form-action 'none'", "style-src 'sha256-" + styleHash(page.body()) + "'"));
		assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
		assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
		assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
		assertThat(page.body()).doesNotContain("src=", "href=", "url(", "http:", "https:", "<script");
	}

	private static String styleHash(String page) {
		String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
		return Base64.getEncoder().encodeToString(sha256(style));
	}

	private static ResponseDefinitionBuilder token(String token) {
		return okJson("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
	}

	private static String idToken(String nonce) {
		return "e30."
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(("{\"nonce\":\"" + nonce + "\"}").getBytes())
				+ ".c2ln";
	}

	private static Map<String, String> parameters(URI link) {
		return decode(link.getRawQuery());
	}

	private static Map<String, String> form(LoggedRequest request) {
		return decode(request.getBodyAsString());
	}

	private static Map<String, String> decode(String query) {
		MultiValueMap<String, String> encoded = UriComponentsBuilder.newInstance()
			.query(query)
			.build()
			.getQueryParams();
		return Parameters.decode(encoded).toSingleValueMap();
	}

	private static String s256(String verifier) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
