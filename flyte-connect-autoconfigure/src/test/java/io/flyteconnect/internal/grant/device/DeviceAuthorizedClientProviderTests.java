package io.flyteconnect.internal.grant.device;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.UriComponentsBuilder;

import io.flyteconnect.config.CredentialSettings.DeviceFlowSettings;
import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.Interactive;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.client.TestLogin;
import io.flyteconnect.internal.endpoint.TokenEndpointClients;
import io.flyteconnect.internal.endpoint.TokenRequestException;
import io.flyteconnect.internal.grant.interaction.Person;
import io.flyteconnect.internal.http.FlyteHttpClient;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.tls.TrustMaterial;
import io.flyteconnect.login.FlyteDeviceLoginEvent;
import io.flyteconnect.login.PersonLoginException;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class DeviceAuthorizedClientProviderTests {

	private static final String START = "{\"device_code\":\"d3vice\",\"user_code\":\"WDJB-MJHT\","
			+ "\"verification_uri\":\"https://idp.example/device\",\"expires_in\":900";

	private static final String TOKEN = "{\"access_token\":\"token-1\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
			+ "\"refresh_token\":\"refresh-1\"}";

	private final TestLogin login = new TestLogin();

	private final List<Object> events = new ArrayList<>();

	private final RecordedPauses pauses = new RecordedPauses();

	private FlyteHttpClient http;

	@BeforeEach
	void start() {
		this.http = http(Duration.ofSeconds(20));
	}

	private FlyteHttpClient http(Duration timeout) {
		PlatformConfig config = PlatformConfig.builder().insecure(true).clientCredentials("id", "unused").build();
		return new FlyteHttpClient("default", TrustMaterial.of("default", config.tls(), null),
				ProxyRoutes.of(new HttpProxySettings(null, HttpProxyScope.ALL), Map.of()), Duration.ofSeconds(2),
				timeout, DataSize.ofKilobytes(256));
	}

	@AfterEach
	void stop() throws Exception {
		this.http.close();
		this.login.close();
	}

	@Test
	void whenThePersonTakesTheirTimeThenPollingGoesOnUntilTheyAreDone(CapturedOutput output) {
		device(START + ",\"interval\":7}");
		poll(error("authorization_pending"), error("authorization_pending"), okJson(TOKEN));
		OAuth2AuthorizedClient client = authorize();
		assertThat(client.getAccessToken().getTokenValue()).isEqualTo("token-1");
		assertThat(client.getRefreshToken()).isNotNull();
		assertThat(client.getRefreshToken().getTokenValue()).isEqualTo("refresh-1");
		assertThat(this.pauses.slept).containsOnly(Duration.ofSeconds(7)).hasSize(3);
		assertThat(output).contains(
				"Flyte connection 'default': log in within 600 s at https://idp.example/device with the code WDJB-MJHT")
			.doesNotContain("d3vice");
		assertThat(this.events).containsExactly(new FlyteDeviceLoginEvent("default", "WDJB-MJHT",
				URI.create("https://idp.example/device"), null, this.login.clock().instant().plusSeconds(600)));
	}

	@Test
	void whenTheRequestsAreMadeThenTheyCarryWhatTheServerMayWant() throws Exception {
		device(START + "}");
		poll(okJson(TOKEN));
		authorize();
		LoggedRequest start = this.login.idp.findAll(postRequestedFor(urlEqualTo("/device"))).get(0);
		assertThat(start.containsHeader("Authorization")).isFalse();
		Map<String, String> asked = form(start);
		assertThat(asked).containsOnlyKeys("client_id", "scope", "audience", "code_challenge", "code_challenge_method")
			.containsEntry("client_id", "flytectl")
			.containsEntry("scope", "all offline")
			.containsEntry("audience", "flyte")
			.containsEntry("code_challenge_method", "S256");
		Map<String, String> polled = form(this.login.tokenRequests().get(0));
		assertThat(polled).containsOnlyKeys("grant_type", "client_id", "device_code", "code_verifier")
			.containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
			.containsEntry("client_id", "flytectl")
			.containsEntry("device_code", "d3vice");
		byte[] hash = MessageDigest.getInstance("SHA-256")
			.digest(polled.get("code_verifier").getBytes(StandardCharsets.US_ASCII));
		assertThat(asked).containsEntry("code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
	}

	@Test
	void whenTheServerNamesNoIntervalThenTheConfiguredOneIsUsed() {
		device(START + "}");
		poll(error("authorization_pending"), okJson(TOKEN));
		authorize();
		assertThat(this.pauses.slept).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
	}

	@Test
	void whenTheServerIsAskedTooOftenThenTheIntervalGrowsForGood() {
		device(START + ",\"interval\":2}");
		poll(error("slow_down"), error("authorization_pending"), error("slow_down"), error("authorization_pending"),
				okJson(TOKEN));
		authorize();
		assertThat(this.pauses.slept.stream().map(Duration::toSeconds)).containsExactly(2L, 7L, 7L, 12L, 12L);
	}

	static Stream<ResponseDefinitionBuilder> troubles() {
		return Stream.of(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
				aResponse().withStatus(502).withHeader("Content-Type", "text/html").withBody("<h1>Bad gateway</h1>"),
				aResponse().withStatus(429), error("server_error").withStatus(500));
	}

	@ParameterizedTest
	@MethodSource("troubles")
	void whenThereIsPassingTroubleThenTheIntervalDoublesAndTheLoginGoesOn(ResponseDefinitionBuilder trouble) {
		device(START + ",\"interval\":3}");
		poll(trouble, error("authorization_pending"), okJson(TOKEN));
		assertThat(authorize().getAccessToken().getTokenValue()).isEqualTo("token-1");
		assertThat(this.pauses.slept.stream().map(Duration::toSeconds)).containsExactly(3L, 6L, 6L);
	}

	@Test
	void whenTheServerAsksToBeLeftAloneThenThePauseIsThatLong() {
		device(START + ",\"interval\":3}");
		poll(aResponse().withStatus(429).withHeader("Retry-After", "20"), error("authorization_pending"),
				okJson(TOKEN));
		authorize();
		assertThat(this.pauses.slept.stream().map(Duration::toSeconds)).containsExactly(3L, 20L, 20L);
	}

	@ParameterizedTest
	@MethodSource("troubles")
	void whenTheTroubleDoesNotPassThenTheErrorIsThatTrouble(ResponseDefinitionBuilder trouble) {
		device(START + "}");
		this.login.answer(trouble);
		assertThatExceptionOfType(OAuth2AuthorizationException.class).isThrownBy(this::authorize)
			.isNotInstanceOf(PersonLoginException.class);
		assertThat(this.pauses.now).isEqualTo(Duration.ofSeconds(600).toNanos());
		assertThat(this.login.tokenRequests()).hasSizeGreaterThan(1);
	}

	@Test
	void whenTheServerDoesNotAnswerInTimeThenTheIntervalDoublesAndTheLoginGoesOn() {
		device(START + ",\"interval\":3}");
		poll(error("authorization_pending"), okJson(TOKEN), okJson(TOKEN).withFixedDelay(6000), okJson(TOKEN));
		authorize();
		this.http.close();
		this.http = http(Duration.ofSeconds(3));
		this.pauses.slept.clear();
		assertThat(authorize().getAccessToken().getTokenValue()).isEqualTo("token-1");
		assertThat(this.pauses.slept.stream().map(Duration::toSeconds)).containsExactly(3L, 6L);
	}

	@Test
	void whenThePersonDeniesThenTheErrorSaysSo() {
		device(START + "}");
		poll(error("access_denied"));
		assertThatExceptionOfType(PersonLoginException.class).isThrownBy(this::authorize)
			.withMessage("the person denied the login")
			.satisfies((ex) -> assertThat(ex.getError().getErrorCode()).isEqualTo("access_denied"));
	}

	@Test
	void whenTheServerSaysThatTheCodeIsOverThenTheErrorSaysSo() {
		device(START + "}");
		poll(error("authorization_pending"), error("expired_token"));
		assertThatExceptionOfType(PersonLoginException.class).isThrownBy(this::authorize)
			.withMessage("nobody logged in in time");
	}

	@ParameterizedTest
	@CsvSource({ "30,2", "3600,59" })
	void whenNobodyComesThenTheLoginEndsWithTheCodeOrTheConfiguredTime(int expiresIn, int polls) {
		device(START.replace("900", "" + expiresIn) + ",\"interval\":10}");
		this.login.answer(error("authorization_pending"));
		assertThatExceptionOfType(PersonLoginException.class).isThrownBy(this::authorize)
			.withMessageContaining("nobody logged in in time");
		assertThat(this.login.tokenRequests().size()).isBetween(polls, polls + 1);
		assertThat(this.pauses.now).isEqualTo(Duration.ofSeconds(Math.min(expiresIn, 600)).toNanos());
	}

	@ParameterizedTest
	@ValueSource(strings = { "invalid_grant", "invalid_client", "unsupported_grant_type" })
	void whenTheServerRefusesThenTheLoginEndsWithItsError(String code) {
		device(START + "}");
		this.login.answer(aResponse().withStatus(400)
			.withHeader("Content-Type", "application/json")
			.withTransformers("response-template")
			.withBody("{\"error\":\"" + code + "\",\"error_description\":\"{{{request.body}}}\"}"));
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(this::authorize)
			.withMessageStartingWith("HTTP 400 " + code)
			.withMessageNotContaining("d3vice");
		assertThat(this.login.tokenRequests()).hasSize(1);
	}

	@Test
	void whenTheServerGivesTheLinkWithTheCodeThenThatIsShown(CapturedOutput output) {
		device(START + ",\"verification_uri_complete\":\"https://idp.example/device?user_code=WDJB-MJHT\"}");
		poll(okJson(TOKEN));
		authorize();
		assertThat(output).contains("at https://idp.example/device?user_code=WDJB-MJHT with the code WDJB-MJHT");
		assertThat(((FlyteDeviceLoginEvent) this.events.get(0)).verificationUriComplete())
			.isEqualTo(URI.create("https://idp.example/device?user_code=WDJB-MJHT"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  " })
	void whenTheLinkWithTheCodeIsEmptyThenTheOtherOneIsShown(String complete) {
		device(START + ",\"verification_uri_complete\":\"" + complete + "\"}");
		poll(okJson(TOKEN));
		authorize();
		FlyteDeviceLoginEvent event = (FlyteDeviceLoginEvent) this.events.get(0);
		assertThat(event.verificationUri()).isEqualTo(URI.create("https://idp.example/device"));
		assertThat(event.verificationUriComplete()).isNull();
	}

	@Test
	void whenTheServerStillSpeaksTheDraftThenItsAddressIsUnderstood() {
		device("{\"device_code\":\"d3vice\",\"user_code\":\"WDJB\",\"verification_url\":\"https://idp.example/d\","
				+ "\"expires_in\":900}");
		poll(okJson(TOKEN));
		authorize();
		assertThat(((FlyteDeviceLoginEvent) this.events.get(0)).verificationUri())
			.isEqualTo(URI.create("https://idp.example/d"));
	}

	@Test
	void whenAQrCodeIsWantedThenTheLogHasOne(CapturedOutput output) {
		device(START + "}");
		poll(okJson(TOKEN));
		authorize(new DeviceFlowSettings(Duration.ofMinutes(10), Duration.ZERO, Duration.ofSeconds(5), true));
		assertThat(output).contains(QrCode.of("https://idp.example/device"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{} | sent no device_code", "{\"device_code\":\" \"} | sent no device_code",
			"{\"device_code\":\"d3vice\"} | sent no user_code",
			"{\"device_code\":\"d3vice\",\"user_code\":\"u\"} | sent no verification_uri",
			"{\"device_code\":\"d3vice\",\"user_code\":\"u\",\"verification_uri\":\"x/d3vice\"} | sent 'x/******' as an address",
			"{\"device_code\":\"d3vice\",\"user_code\":\"u\",\"verification_uri\":\"a b\"} | sent 'a b' as an address",
			"{\"device_code\":\"d3vice\",\"user_code\":\"u\",\"verification_uri\":\"file:///x\"} | sent 'file:///x' as an address",
			"<html> | is no JSON object", "[1] | is no JSON object" })
	void whenTheDeviceEndpointAnswersNonsenseThenTheErrorSaysWhatIsWrong(String body, String message) {
		device(body);
		assertThatExceptionOfType(OAuth2AuthorizationException.class).isThrownBy(this::authorize)
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining(message))
			.satisfies((ex) -> TestLogin.assertNoSecret(ex, "d3vice"));
		assertThat(this.events).isEmpty();
		assertThat(this.login.tokenRequests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "0", "-5", "1e30", "0.0", "null", "\"\"", "\"soon\"", "true", "[900]", "{}", "\"d3vice\"" })
	void whenExpiresInOrIntervalMakeNoSenseThenTheConfiguredTimesCount(String value, CapturedOutput output) {
		device(START.replace("900", value) + ",\"interval\":" + value + "}");
		poll(error("authorization_pending"), okJson(TOKEN));
		assertThat(authorize().getAccessToken().getTokenValue()).isEqualTo("token-1");
		assertThat(this.pauses.slept).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
		assertThat(output).contains("log in within 600 s").doesNotContain("d3vice");
	}

	@Test
	void whenTheServerSaysNotHowLongTheCodeLivesThenTheConfiguredTimeCounts() {
		device(START.replace(",\"expires_in\":900", "") + "}");
		poll(error("authorization_pending"), okJson(TOKEN));
		assertThat(authorize().getAccessToken().getTokenValue()).isEqualTo("token-1");
		assertThat(this.pauses.slept).containsOnly(Duration.ofSeconds(5)).hasSize(2);
	}

	@Test
	void whenTheNumbersAreTextsOrNullThenTheyAreUnderstood() {
		device(START.replace("900", "\"30\"") + ",\"interval\":null}");
		this.login.answer(error("authorization_pending"));
		assertThatExceptionOfType(PersonLoginException.class).isThrownBy(this::authorize)
			.withMessageContaining("nobody logged in in time");
		assertThat(this.pauses.now).isEqualTo(Duration.ofSeconds(30).toNanos());
		assertThat(this.pauses.slept).startsWith(Duration.ofSeconds(5));
	}

	@Test
	void whenTheDeviceEndpointRefusesThenTheErrorNamesIt() {
		this.login.idp.stubFor(post("/device").willReturn(error("unauthorized_client")));
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(this::authorize)
			.withMessage("HTTP 400 unauthorized_client")
			.satisfies((ex) -> assertThat(ex.getEndpoint()).isEqualTo(this.login.issuer() + "/device"));
	}

	@Test
	void whenTheLoginIsInterruptedThenItEnds() {
		device(START + "}");
		this.pauses.interrupted = true;
		assertThatExceptionOfType(PersonLoginException.class).isThrownBy(this::authorize)
			.withMessage("the login was interrupted");
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void whenTheGrantIsAnotherOneThenThisProviderIsNotResponsible() {
		ClientRegistration other = ClientRegistration.withRegistrationId("flyte")
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.clientId("id")
			.tokenUri("https://idp.example/token")
			.build();
		assertThat(provider(new DeviceFlowSettings(Duration.ofMinutes(10), Duration.ZERO, Duration.ofSeconds(5), false))
			.authorize(context(other))).isNull();
	}

	private void device(String body) {
		this.login.idp.stubFor(post("/device").willReturn(okJson(body)));
	}

	/**
	 * Answer the polls one after the other.
	 */
	private void poll(ResponseDefinitionBuilder... answers) {
		for (int i = 0; i < answers.length; i++) {
			this.login.idp.stubFor(post("/token").inScenario("polls")
				.whenScenarioStateIs((i == 0) ? Scenario.STARTED : String.valueOf(i))
				.willReturn(answers[i])
				.willSetStateTo(String.valueOf(i + 1)));
		}
	}

	private static ResponseDefinitionBuilder error(String code) {
		return aResponse().withStatus(400)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\":\"" + code + "\"}");
	}

	private OAuth2AuthorizedClient authorize() {
		return authorize(new DeviceFlowSettings(Duration.ofMinutes(10), Duration.ZERO, Duration.ofSeconds(5), false));
	}

	private OAuth2AuthorizedClient authorize(DeviceFlowSettings options) {
		ClientRegistration registration = ClientRegistration.withRegistrationId("flyte")
			.authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
			.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
			.clientId("flytectl")
			.scope("all", "offline")
			.tokenUri(this.login.issuer() + "/token")
			.providerConfigurationMetadata(Map.of(DeviceAuthorizedClientProvider.ENDPOINT,
					this.login.issuer() + "/device", TokenEndpointClients.AUDIENCE, "flyte"))
			.build();
		return provider(options).authorize(context(registration));
	}

	private DeviceAuthorizedClientProvider provider(DeviceFlowSettings options) {
		TokenEndpointClients clients = new TokenEndpointClients(this.http,
				(request, body, execution) -> execution.execute(request, body), this.login.clock(),
				new SettingNames("flyte"));
		return new DeviceAuthorizedClientProvider("default", new Person(Interactive.ALWAYS, Map.of(), this.events::add),
				options, clients, this.login.clock(), this.pauses);
	}

	private static OAuth2AuthorizationContext context(ClientRegistration registration) {
		return OAuth2AuthorizationContext.withClientRegistration(registration)
			.principal(new TestingAuthenticationToken("flyte", null))
			.build();
	}

	private static Map<String, String> form(LoggedRequest request) {
		return UriComponentsBuilder.newInstance()
			.query(URLDecoder.decode(request.getBodyAsString(), StandardCharsets.UTF_8))
			.build()
			.getQueryParams()
			.toSingleValueMap();
	}

	/**
	 * Time that passes only where somebody waits.
	 */
	private static final class RecordedPauses implements Pauses {

		private final List<Duration> slept = new ArrayList<>();

		private long now;

		private boolean interrupted;

		@Override
		public long nanoTime() {
			return this.now;
		}

		@Override
		public void sleep(Duration duration) throws InterruptedException {
			if (this.interrupted) {
				throw new InterruptedException();
			}
			this.slept.add(duration);
			this.now += duration.toNanos();
		}

	}

}
