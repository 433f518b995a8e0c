package io.flyteconnect.test.identity;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

import io.flyteconnect.test.tls.TestCertificates;
import io.flyteconnect.testsupport.TestHttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FlyteTestIdentityProvider}.
 */
class FlyteTestIdentityProviderTests {

	private static final String VERIFIER = "a-verifier-of-more-than-forty-three-characters-0123456789";

	private static final URI CALLBACK = URI.create("http://localhost:53593/callback");

	private static FlyteTestIdentityProvider provider;

	private final TestHttp http = new TestHttp();

	@BeforeAll
	static void start() {
		provider = FlyteTestIdentityProvider.builder().client("client", "s3:cr&t").start();
	}

	@AfterAll
	static void stop() {
		provider.close();
	}

	@AfterEach
	void behave() {
		provider.reset();
		provider.clearRequests();
		provider.accessTokenLifetime(Duration.ofMinutes(30));
	}

	@Test
	void whenSecretIsInBasicHeaderThenTokenIsGood() {
		HttpResponse<String> response = this.http.clientCredentials(provider.tokenEndpoint(), "client", "s3:cr&t");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(TestHttp.json(response, "$.token_type")).isEqualTo("Bearer");
		assertThat(Integer.parseInt(TestHttp.json(response, "$.expires_in"))).isBetween(1700, 1800);
		Jwt token = provider.verify(TestHttp.json(response, "$.access_token"));
		assertThat(token.getIssuer()).hasToString(provider.issuer().toString());
		assertThat(token.getClaimAsStringList("scope")).containsExactly("all");
		assertThat(token.getClaimAsString("client_id")).isEqualTo("client");
		assertThat(response.body()).doesNotContain("refresh_token");
	}

	@Test
	void whenSecretIsInBodyThenTokenIsGood() {
		HttpResponse<String> response = this.http.post(provider.tokenEndpoint(), Map.of("grant_type",
				"client_credentials", "client_id", "client", "client_secret", "s3:cr&t", "audience", "my-audience"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(provider.verify(TestHttp.json(response, "$.access_token")).getAudience())
			.containsExactly("my-audience");
	}

	@Test
	void whenSecretIsWrongThenInvalidClient() {
		HttpResponse<String> response = this.http.clientCredentials(provider.tokenEndpoint(), "client", "wrong");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(TestHttp.json(response, "$.error")).isEqualTo("invalid_client");
	}

	@Test
	void whenRequestIsMadeThenLogTellsItWithoutTheSecret() {
		this.http.clientCredentials(provider.tokenEndpoint(), "client", "s3:cr&t");
		this.http.post(provider.tokenEndpoint(), Map.of("grant_type", "client_credentials", "client_id", "client",
				"client_secret", "s3:cr&t", "audience", "my-audience"), "User-Agent", "me/1");
		assertThat(provider.tokenRequestCount()).isEqualTo(2);
		TokenRequest first = provider.requests().get(0);
		assertThat(first.path()).isEqualTo("/oauth2/token");
		assertThat(first.grantType()).isEqualTo("client_credentials");
		assertThat(first.clientId()).isEqualTo("client");
		assertThat(first.scope()).isEqualTo("all");
		assertThat(first.parameterNames()).containsExactly("grant_type", "scope");
		assertThat(first.authorizationScheme()).isEqualTo("Basic");
		assertThat(first.proxyAuthorization()).isFalse();
		TokenRequest second = provider.requests().get(1);
		assertThat(second.authorizationScheme()).isNull();
		assertThat(second.clientId()).isEqualTo("client");
		assertThat(second.audience()).isEqualTo("my-audience");
		assertThat(second.userAgent()).isEqualTo("me/1");
		assertThat(provider.requests().toString()).doesNotContain("s3:cr");
		assertThat(provider.mostRequestsAtOnce()).isEqualTo(1);
	}

	@Test
	void whenRequestsComeTogetherThenMostAtOnceIsTheirNumber() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		// On a busy machine, the last one may come when the first has been answered.
		for (int delay = 1; delay <= 32 && provider.mostRequestsAtOnce() < 8; delay *= 2) {
			provider.clearRequests();
			provider.delay(Duration.ofSeconds(delay));
			CountDownLatch done = new CountDownLatch(8);
			for (int i = 0; i < 8; i++) {
				threads.execute(() -> {
					this.http.token(provider.tokenEndpoint(), "client", "s3:cr&t");
					done.countDown();
				});
			}
			done.await();
		}
		threads.shutdown();
		assertThat(provider.mostRequestsAtOnce()).isEqualTo(8);
		assertThat(provider.tokenRequestCount()).isEqualTo(8);
		provider.clearRequests();
		assertThat(provider.requests()).isEmpty();
		assertThat(provider.mostRequestsAtOnce()).isZero();
	}

	@Test
	void whenLifetimeIsShortenedThenNextTokenExpiresToTheSecond() throws Exception {
		provider.accessTokenLifetime(Duration.ofSeconds(3));
		String token = this.http.token(provider.tokenEndpoint(), "client", "s3:cr&t");
		Jwt jwt = provider.verify(token);
		assertThat(Duration.between(jwt.getIssuedAt(), jwt.getExpiresAt())).isEqualTo(Duration.ofSeconds(3));
		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThatExceptionOfType(JwtException.class).isThrownBy(() -> provider.verify(token))
				.withMessageContaining("expired"));
		assertThatIllegalArgumentException().isThrownBy(() -> provider.accessTokenLifetime(Duration.ZERO));
	}

	@Test
	void whenAnswersFailThenOnlyForThatManyRequests() {
		provider.failNext(2, 503, "{\"error\":\"temporarily_unavailable\"}", Map.of("Retry-After", "7"));
		HttpResponse<String> first = this.http.clientCredentials(provider.tokenEndpoint(), "client", "s3:cr&t");
		assertThat(first.statusCode()).isEqualTo(503);
		assertThat(first.headers().firstValue("Retry-After")).hasValue("7");
		assertThat(first.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
		assertThat(TestHttp.json(first, "$.error")).isEqualTo("temporarily_unavailable");
		assertThat(this.http.clientCredentials(provider.tokenEndpoint(), "client", "s3:cr&t").statusCode())
			.isEqualTo(503);
		assertThat(this.http.clientCredentials(provider.tokenEndpoint(), "client", "s3:cr&t").statusCode())
			.isEqualTo(200);
		assertThat(provider.tokenRequestCount()).isEqualTo(3);
	}

	@Test
	void whenTokensAreRevokedThenOlderOnesAreRefusedAndNewerOnesGood() {
		String first = this.http.token(provider.tokenEndpoint(), "client", "s3:cr&t");
		String second = this.http.token(provider.tokenEndpoint(), "client", "s3:cr&t");
		provider.revokeToken(first);
		assertThatExceptionOfType(JwtException.class).isThrownBy(() -> provider.verify(first))
			.withMessage("Token is revoked");
		assertThat(provider.verify(second)).isNotNull();
		provider.revokeTokens();
		assertThatExceptionOfType(JwtException.class).isThrownBy(() -> provider.verify(second));
		assertThat(provider.verify(this.http.token(provider.tokenEndpoint(), "client", "s3:cr&t"))).isNotNull();
	}

	@Test
	void whenTokenIsForgedThenItIsRefused() {
		String token = this.http.token(provider.tokenEndpoint(), "client", "s3:cr&t");
		String[] parts = token.split("\\.");
		String payload = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"scope\":[\"all\"]}".getBytes());
		assertThatExceptionOfType(JwtException.class)
			.isThrownBy(() -> provider.verify(parts[0] + "." + payload + "." + parts[2]));
		assertThatExceptionOfType(JwtException.class).isThrownBy(() -> provider.verify("no token"));
	}

	@Test
	void whenAnotherProviderIssuedTheTokenThenItIsRefused() {
		List<String> tokens = new ArrayList<>();
		List<String> keys = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			// The second has the key of the first, whom it is not taken for.
			try (FlyteTestIdentityProvider other = FlyteTestIdentityProvider.builder().client("c", "s").start()) {
				keys.add(TestHttp.json(this.http.get(other.issuer().resolve("/oauth2/jwks")), "$.keys[0].n"));
				tokens.add(this.http.token(other.tokenEndpoint(), "c", "s"));
				assertThat(other.verify(tokens.get(i))).isNotNull();
				assertThat(tokens.subList(0, i)).allSatisfy((token) -> {
					assertThatExceptionOfType(JwtException.class).isThrownBy(() -> other.verify(token))
						.withMessage("Token was issued by another provider");
					assertThatExceptionOfType(JwtException.class).isThrownBy(() -> other.revokeToken(token));
				});
			}
		}
		assertThat(keys.get(1)).isEqualTo(keys.get(0));
		assertThat(TestHttp.json(this.http.get(provider.issuer().resolve("/oauth2/jwks")), "$.keys[0].n"))
			.isNotIn(keys);
	}

	@Test
	void whenProxyAuthorizationIsRequiredThenClientsNeedItAndPagesDoNot() throws Exception {
		provider.requireProxyAuthorization("proxy-token");
		assertThat(this.http.clientCredentials(provider.tokenEndpoint(), "client", "s3:cr&t").statusCode())
			.isEqualTo(401);
		assertThat(this.http.clientCredentials(provider.tokenEndpoint(), "client", "s3:cr&t").body()).contains("IAP");
		assertThat(this.http.get(provider.jwksUri()).statusCode()).isEqualTo(401);
		assertThat(withProxyToken(provider.jwksUri(), null)).isEqualTo(200);
		assertThat(withProxyToken(provider.jwksUri(), null, "Basic of-another-proxy")).isEqualTo(401);
		assertThat(this.http.get(provider.issuer().resolve("/login")).statusCode()).isEqualTo(200);
		assertThat(withProxyToken(provider.tokenEndpoint(), "grant_type=client_credentials")).isEqualTo(200);
		assertThat(provider.requests()).last().extracting(TokenRequest::proxyAuthorization).isEqualTo(true);
	}

	@Test
	void whenMetadataAreReadThenAllEndpointsAreNamed() {
		HttpResponse<String> metadata = this.http
			.get(provider.issuer().resolve("/.well-known/oauth-authorization-server"));
		assertThat(metadata.statusCode()).isEqualTo(200);
		assertThat(TestHttp.json(metadata, "$.issuer")).isEqualTo(provider.issuer().toString());
		assertThat(TestHttp.json(metadata, "$.token_endpoint")).isEqualTo(provider.tokenEndpoint().toString());
		assertThat(TestHttp.json(metadata, "$.authorization_endpoint"))
			.isEqualTo(provider.authorizationEndpoint().toString());
		assertThat(TestHttp.json(metadata, "$.device_authorization_endpoint"))
			.isEqualTo(provider.deviceAuthorizationEndpoint().toString());
		assertThat(TestHttp.json(metadata, "$.jwks_uri")).isEqualTo(provider.jwksUri().toString());
		assertThat(TestHttp.json(metadata, "$.scopes_supported")).contains("all", "offline");
		assertThat(this.http.get(provider.issuer().resolve("/.well-known/openid-configuration")).statusCode())
			.isEqualTo(200);
	}

	@Test
	void whenPersonLogsInWithPkceThenCodeBecomesTokensAndRefreshTokenWorks() throws Exception {
		String code = logIn("all offline");
		HttpResponse<String> tokens = exchange(code, VERIFIER);
		assertThat(tokens.statusCode()).isEqualTo(200);
		assertThat(provider.verify(TestHttp.json(tokens, "$.access_token")).getSubject()).isEqualTo("user");
		String refreshToken = TestHttp.json(tokens, "$.refresh_token");
		HttpResponse<String> refreshed = refresh(refreshToken);
		assertThat(refreshed.statusCode()).isEqualTo(200);
		assertThat(TestHttp.json(refreshed, "$.refresh_token")).isNotEqualTo(refreshToken);
		assertThat(provider.authorizationRequests()).hasSize(2).allSatisfy((request) -> {
			assertThat(request.path()).isEqualTo("/oauth2/authorize");
			assertThat(request.clientId()).isEqualTo("flytectl");
			assertThat(request.scope()).isEqualTo("all offline");
			assertThat(request.parameterNames()).contains("code_challenge", "redirect_uri", "state");
		});
		assertThat(provider.requests()).extracting(TokenRequest::grantType)
			.containsExactly("authorization_code", "refresh_token");
		provider.clearRequests();
		assertThat(provider.authorizationRequests()).isEmpty();
		provider.revokeRefreshTokens();
		HttpResponse<String> refused = refresh(TestHttp.json(refreshed, "$.refresh_token"));
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(TestHttp.json(refused, "$.error")).isEqualTo("invalid_grant");
	}

	@Test
	void whenVerifierIsWrongThenCodeIsRefused() throws Exception {
		HttpResponse<String> tokens = exchange(logIn("all offline"), VERIFIER + "x");
		assertThat(tokens.statusCode()).isEqualTo(400);
		assertThat(TestHttp.json(tokens, "$.error")).isEqualTo("invalid_grant");
	}

	@Test
	void whenNoOfflineScopeThenNoRefreshToken() throws Exception {
		assertThat(exchange(logIn("all"), VERIFIER).body()).contains("access_token").doesNotContain("refresh_token");
	}

	@Test
	void whenDeviceIsApprovedThenItsCodeBecomesTokens() {
		HttpResponse<String> device = device();
		assertThat(TestHttp.json(device, "$.verification_uri")).isEqualTo(provider.issuer().resolve("/activate") + "");
		String deviceCode = TestHttp.json(device, "$.device_code");
		assertThat(TestHttp.json(poll(deviceCode), "$.error")).isEqualTo("authorization_pending");
		provider.approveDevice(TestHttp.json(device, "$.user_code"));
		HttpResponse<String> tokens = poll(deviceCode);
		assertThat(tokens.statusCode()).isEqualTo(200);
		assertThat(provider.verify(TestHttp.json(tokens, "$.access_token")).getSubject()).isEqualTo("user");
		assertThat(refresh(TestHttp.json(tokens, "$.refresh_token")).statusCode()).isEqualTo(200);
		assertThat(provider.requests()).first()
			.extracting(TokenRequest::path)
			.isEqualTo("/oauth2/device_authorization");
	}

	@Test
	void whenDeviceIsDeniedThenAccessDenied() {
		HttpResponse<String> device = device();
		provider.denyDevice(TestHttp.json(device, "$.user_code"));
		HttpResponse<String> refused = poll(TestHttp.json(device, "$.device_code"));
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(TestHttp.json(refused, "$.error")).isEqualTo("access_denied");
		assertThatIllegalArgumentException().isThrownBy(() -> provider.approveDevice("ABCD-EFGH"))
			.withMessageContaining("ABCD-EFGH");
	}

	@Test
	void whenPersonOpensActivationPageThenDeviceCanBeApprovedInTheBrowser() {
		HttpResponse<String> device = device();
		URI complete = URI.create(TestHttp.json(device, "$.verification_uri_complete"));
		HttpResponse<String> login = this.http.get(complete, "Accept", "text/html");
		assertThat(login.statusCode()).isEqualTo(302);
		logInAt(provider.issuer().resolve("/login"));
		assertThat(this.http.get(complete, "Accept", "text/html").body())
			.contains(TestHttp.json(device, "$.user_code"));
		HttpResponse<String> consent = this.http.get(
				provider.issuer()
					.resolve("/oauth2/device_verification?user_code=" + TestHttp.json(device, "$.user_code")),
				"Accept", "text/html");
		HttpResponse<String> done = this.http.post(provider.issuer().resolve("/oauth2/device_verification"),
				Map.of("client_id", "flytectl", "state", TestHttp.input(consent.body(), "state"), "user_code",
						TestHttp.json(device, "$.user_code"), "scope", "all"));
		assertThat(done.body()).contains("The device is logged in");
		assertThat(poll(TestHttp.json(device, "$.device_code")).statusCode()).isEqualTo(200);
	}

	@Test
	void whenTlsThenIssuerIsHttpsAndCertificateIsTheTestAuthoritys() {
		try (TestCertificates certificates = TestCertificates.create();
				FlyteTestIdentityProvider secure = FlyteTestIdentityProvider.builder()
					.client("c", "s")
					.tls(certificates)
					.start()) {
			assertThat(secure.issuer().getScheme()).isEqualTo("https");
			TestHttp trusting = new TestHttp(HttpClient.newBuilder().sslContext(certificates.clientContext()));
			assertThat(secure.verify(trusting.token(secure.tokenEndpoint(), "c", "s"))).isNotNull();
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> this.http.token(secure.tokenEndpoint(), "c", "s"))
				.withRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class);
		}
	}

	@Test
	void whenTwoProvidersRunThenTheyShareNothing() {
		try (FlyteTestIdentityProvider other = FlyteTestIdentityProvider.builder().client("client", "other").start()) {
			String token = this.http.token(other.tokenEndpoint(), "client", "other");
			assertThat(other.verify(token)).isNotNull();
			assertThatExceptionOfType(JwtException.class).isThrownBy(() -> provider.verify(token));
			assertThat(provider.tokenRequestCount()).isZero();
		}
	}

	@Test
	void whenClosedThenPortIsFreeAndNoThreadIsLeft() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		FlyteTestIdentityProvider closed = FlyteTestIdentityProvider.builder().client("c", "s").start();
		int port = closed.issuer().getPort();
		this.http.token(closed.tokenEndpoint(), "c", "s");
		List<Thread> threads = new ArrayList<>(Thread.getAllStackTraces().keySet());
		threads.removeAll(before);
		// The provider of the other tests may start another thread at any time.
		Set<String> others = before.stream()
			.filter((thread) -> thread.getName().contains("-exec-"))
			.map(FlyteTestIdentityProviderTests::pool)
			.collect(Collectors.toSet());
		threads.removeIf((thread) -> thread.getName().startsWith("HttpClient") || others.contains(pool(thread)));
		assertThat(threads).extracting(Thread::getName).anyMatch((name) -> name.startsWith("http-nio"));
		closed.close();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(port));
		assertThat(threads).noneMatch(Thread::isAlive);
	}

	private static String pool(Thread thread) {
		return thread.getName().replaceFirst("-exec-\\d+$", "-exec");
	}

	@Test
	void whenClosedThenNothingIsLeftInTempFolderAndJmx() {
		Set<String> files = temporaryFiles();
		Set<String> domains = domains();
		FlyteTestIdentityProvider closed = FlyteTestIdentityProvider.builder().client("c", "s").start();
		assertThat(temporaryFiles()).hasSize(files.size() + 1);
		closed.close();
		assertThat(temporaryFiles()).isEqualTo(files);
		assertThat(domains()).isEqualTo(domains);
	}

	private Set<String> temporaryFiles() {
		String[] names = new File(System.getProperty("java.io.tmpdir")).list((folder, name) -> name
			.startsWith("flyte-test-identity-provider-" + ProcessHandle.current().pid() + "-"));
		return Set.of(Objects.requireNonNull(names));
	}

	private Set<String> domains() {
		return Set.of(ManagementFactory.getPlatformMBeanServer().getDomains());
	}

	// Java's HttpClient drops each header that starts with "proxy-" unless it uses a
	// proxy.
	private int withProxyToken(URI uri, @Nullable String body, String... further) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
		connection.setRequestProperty("Proxy-Authorization", "Bearer proxy-token");
		List.of(further).forEach((value) -> connection.addRequestProperty("Proxy-Authorization", value));
		if (body != null) {
			connection.setRequestProperty("Authorization", TestHttp.basic("client", "s3:cr&t"));
			connection.setDoOutput(true);
			connection.getOutputStream().write(body.getBytes());
		}
		return connection.getResponseCode();
	}

	private void connect(int port) throws IOException {
		new Socket("127.0.0.1", port).close();
	}

	private HttpResponse<String> device() {
		HttpResponse<String> device = this.http.post(provider.deviceAuthorizationEndpoint(),
				Map.of("client_id", "flytectl", "scope", "all"));
		assertThat(device.statusCode()).isEqualTo(200);
		return device;
	}

	private HttpResponse<String> poll(String deviceCode) {
		return this.http.post(provider.tokenEndpoint(), Map.of("client_id", "flytectl", "device_code", deviceCode,
				"grant_type", "urn:ietf:params:oauth:grant-type:device_code"));
	}

	private HttpResponse<String> refresh(String refreshToken) {
		return this.http.post(provider.tokenEndpoint(),
				Map.of("client_id", "flytectl", "refresh_token", refreshToken, "grant_type", "refresh_token"));
	}

	private HttpResponse<String> exchange(String code, String verifier) {
		return this.http.post(provider.tokenEndpoint(), Map.of("client_id", "flytectl", "code", code, "code_verifier",
				verifier, "redirect_uri", CALLBACK.toString(), "grant_type", "authorization_code"));
	}

	private String logIn(String scope) throws Exception {
		byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes());
		URI authorization = URI.create(provider.authorizationEndpoint()
				+ "?response_type=code&client_id=flytectl&scope=" + TestHttp.encode(scope) + "&state=xyz&redirect_uri="
				+ TestHttp.encode(CALLBACK.toString()) + "&code_challenge_method=S256&code_challenge="
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
		HttpResponse<String> login = this.http.get(authorization, "Accept", "text/html");
		assertThat(login.statusCode()).isEqualTo(302);
		logInAt(provider.issuer().resolve(login.headers().firstValue("Location").orElseThrow()));
		HttpResponse<String> callback = this.http.get(authorization, "Accept", "text/html");
		assertThat(callback.statusCode()).isEqualTo(302);
		String location = callback.headers().firstValue("Location").orElseThrow();
		assertThat(location).startsWith(CALLBACK.toString()).contains("state=xyz");
		Matcher code = Pattern.compile("code=([^&]+)").matcher(location);
		assertThat(code.find()).isTrue();
		return code.group(1);
	}

	private void logInAt(URI page) {
		String form = this.http.get(page, "Accept", "text/html").body();
		HttpResponse<String> loggedIn = this.http.post(provider.issuer().resolve("/login"),
				Map.of("username", "user", "password", "password", "_csrf", TestHttp.input(form, "_csrf")));
		assertThat(loggedIn.headers().firstValue("Location").orElseThrow()).doesNotContain("error");
	}

}
