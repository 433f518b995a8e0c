package io.flyteconnect.internal.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.AuthMode;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An authorization server that does what it should not: each time a clear error in time,
 * and the secret nowhere.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class MisbehavingProviderTests {

	private static final String SECRET = "s3cret +&=/:%";

	private static final String ENCODED_SECRET = "s3cret+%2B%26%3D%2F%3A%25";

	private static final String BASIC = Base64.getEncoder().encodeToString(("id:" + ENCODED_SECRET).getBytes());

	private final TestLogin login = new TestLogin();

	@TempDir
	Path folder;

	@AfterEach
	void stop(CapturedOutput output) throws Exception {
		this.login.close();
		assertThat(output).doesNotContain(SECRET, ENCODED_SECRET, BASIC);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"500 | text/html | HTTP 500 invalid_token_response: the answer (text/html) is no OAuth2 error | UNAVAILABLE",
			"502 | text/html;charset=utf-8 | HTTP 502 invalid_token_response: the answer (text/html;charset=utf-8) is no OAuth2 error | UNAVAILABLE",
			"404 | text/html | HTTP 404 invalid_token_response: the answer (text/html) is no OAuth2 error | UNAUTHENTICATED",
			"401 | text/html | HTTP 401 invalid_token_response: the answer (text/html) is no OAuth2 error | UNAUTHENTICATED",
			"200 | text/html | HTTP 200, but the answer (text/html) is no JSON object | UNAUTHENTICATED",
			"204 | text/html | HTTP 204, but the answer is empty | UNAUTHENTICATED" })
	void whenThereIsAPageInPlaceOfAnAnswerThenTheErrorSaysSo(int status, String type, String message, Code code) {
		this.login.answer(aResponse().withStatus(status)
			.withHeader("Content-Type", type)
			.withHeader("Location", this.login.issuer() + "/elsewhere")
			.withBody("<html>Sorry " + SECRET + "</html>"));
		StatusRuntimeException ex = failure();
		assertThat(ex.getStatus().getCode()).isEqualTo(code);
		assertThat(ex)
			.hasMessageContaining("failed (step: token request): " + message + " (" + this.login.issuer() + "/token)");
		assertThat(this.login.idp.getAllServeEvents()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void whenTheServerRedirectsThenTheTargetIsToldAndNotAsked(int status) {
		this.login.answer(aResponse().withStatus(status).withHeader("Location", "/elsewhere?secret=" + ENCODED_SECRET));
		StatusRuntimeException ex = failure();
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("failed (step: token request): HTTP " + status + ": a redirect to "
				+ this.login.issuer() + "/elsewhere, which is not followed (" + this.login.issuer() + "/token)");
		assertThat(this.login.idp.getAllServeEvents()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\"3600\"", "null", "0.4", "99999999999999", "0", "-1", "\"0\"", "1e30", "\"soon\"", "true" })
	void whenExpiresInIsUnusualThenTheTokenIsUsedAndNoCallFails(String expiresIn) {
		this.login.server.accepted.add("token-1");
		this.login.answer(
				okJson("{\"access_token\":\"token-1\",\"token_type\":\"Bearer\",\"expires_in\":" + expiresIn + "}"));
		AdminServiceBlockingStub stub = connect(Duration.ofSeconds(20));
		for (int call = 0; call < 3; call++) {
			assertThat(TestLogin.version(stub)).isNotNull();
		}
		assertThat(this.login.tokenRequests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "BearerToken", "jwt", "access_token", "token-1 s3cret +&=/:%" })
	void whenTheTypeIsUnknownThenTheTokenIsUsedAndTheLogSaysSoOnce(String type, CapturedOutput output) {
		this.login.server.accepted.add("token-1");
		this.login.answer(okJson("{\"access_token\":\"token-1\",\"token_type\":\"" + type + "\",\"expires_in\":60}"));
		AdminServiceBlockingStub stub = connect(Duration.ofSeconds(20));
		for (int call = 0; call < 3; call++) {
			assertThat(TestLogin.version(stub)).isNotNull();
			this.login.move(Duration.ofSeconds(61));
		}
		assertThat(this.login.tokenRequests()).hasSize(3);
		assertThat(output.getAll().split("it is used as a Bearer token", -1)).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "503,,UNAVAILABLE,2", "429,,UNAVAILABLE,2", "429,1,UNAVAILABLE,2", "429,20,UNAVAILABLE,2",
			"404,,UNAUTHENTICATED,1", "302,,UNAUTHENTICATED,1", "200,,UNAUTHENTICATED,1" })
	void whenTheServerGivesNoTokenThenOneCallAsksTwiceAtMostAndNotBeforeItMay(int status, @Nullable String retryAfter,
			Code code, int requests) {
		this.login.realTime = true;
		this.login.serviceConfig = Map.of("methodConfig",
				List.of(Map.of("name", List.of(Map.of()), "retryPolicy",
						Map.of("maxAttempts", 5.0, "initialBackoff", "0.6s", "maxBackoff", "1s", "backoffMultiplier",
								1.5, "retryableStatusCodes", List.of("UNAVAILABLE")))));
		ResponseDefinitionBuilder answer = aResponse().withStatus(status).withHeader("Content-Type", "text/html");
		this.login.answer((retryAfter != null) ? answer.withHeader("Retry-After", retryAfter) : answer);
		StatusRuntimeException ex = failure();
		assertThat(ex.getStatus().getCode()).isEqualTo(code);
		List<Long> times = this.login.tokenRequests()
			.stream()
			.map((request) -> request.getLoggedDate().getTime())
			.toList();
		assertThat(times).hasSizeBetween(1, requests);
		if (retryAfter != null && times.size() > 1) {
			assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(Long.parseLong(retryAfter) * 1000 - 50);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"token_type\":\"Bearer\",\"expires_in\":3600} | has no access_token",
					"{\"access_token\":null} | has no access_token",
					"{\"access_token\":5} | has an access_token that is a number",
					"{\"access_token\":\"x\",\"token_type\":\"DPoP\"} | token_type is 'DPoP' where Bearer is needed",
					"{\"access_token\":\"x y\"} | characters that no header can carry", "\"token\" | no JSON object",
					"{\"access_token\": | no JSON object", "null | no JSON object", "'' | the answer is empty" })
	void whenTheAnswerHasNoUsableTokenThenTheErrorSaysWhy(String body, String message) {
		this.login.answer(okJson(body));
		StatusRuntimeException ex = failure();
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("HTTP 200, but").hasMessageContaining(message);
		assertThat(this.login.tokenRequests()).hasSize(1);
	}

	@Test
	void whenTheServerAsksToBeLeftAloneThenItIs() {
		this.login.answer(aResponse().withStatus(429).withHeader("Retry-After", "7"));
		AdminServiceBlockingStub stub = connect(Duration.ofSeconds(20));
		StatusRuntimeException ex = TestLogin.failure(stub);
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(ex).hasMessageContaining("HTTP 429");
		this.login.grant("token-1", "");
		this.login.move(Duration.ofMillis(6900));
		assertThat(TestLogin.failure(stub)).hasMessageContaining("HTTP 429");
		assertThat(this.login.tokenRequests()).hasSize(1);
		this.login.move(Duration.ofMillis(200));
		assertThat(TestLogin.version(stub)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheAnswerIsSlowThenTheLoginEndsWithTheTimeLimit(boolean slowBody) {
		ResponseDefinitionBuilder answer = okJson("{\"access_token\":\"token-1\",\"token_type\":\"Bearer\"}");
		this.login.answer(slowBody ? answer.withChunkedDribbleDelay(20, 8000) : answer.withFixedDelay(8000));
		StatusRuntimeException ex = TestLogin.failure(connect(Duration.ofSeconds(1)));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(ex).hasMessageEndingWith("failed (step: token request): POST " + this.login.issuer()
				+ "/token: no complete answer within 1000 ms (flyte.credentials.request-timeout)");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "MALFORMED_RESPONSE_CHUNK")
	void whenTheConnectionIsCutThenTheErrorSaysSo(Fault fault) {
		this.login.answer(aResponse().withFault(fault));
		assertThatItWasCut();
	}

	@Test
	void whenTheConnectionIsCutInTheMiddleThenWhatCameIsNotUsed() {
		this.login.server.accepted.add("token-1");
		this.login.answer(okJson("{\"access_token\":\"token-1\",\"token_type\":\"Bearer\"}")
			.withHeader("Content-Length", "1000"));
		assertThatItWasCut();
	}

	private void assertThatItWasCut() {
		StatusRuntimeException ex = failure();
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(ex).hasMessageEndingWith("failed (step: token request): POST " + this.login.issuer()
				+ "/token: the connection ended before the answer was complete");
	}

	@Test
	void whenGarbageFollowsTheStatusThenTheErrorSaysSo() {
		this.login.answer(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
		StatusRuntimeException ex = failure();
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("failed (step: token request): HTTP 200, but the answer (without a content"
				+ " type) is no JSON object (" + this.login.issuer() + "/token)");
	}

	@Test
	void whenNobodyListensThenTheErrorSaysSo() {
		this.login.idp.stop();
		StatusRuntimeException ex = failure();
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(ex).hasMessageContaining("cannot connect to the server");
	}

	@Test
	void whenTheAnswerIsHugeThenItIsCutOff() {
		this.login.answer(okJson("{\"access_token\":\"" + "x".repeat(10_000_000) + "\"}"));
		assertThat(failure()).hasMessageContaining("step: token request")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(1000).contains("larger"));
	}

	@Test
	void whenTheAnswerIsABombThenItIsCutOff() throws Exception {
		this.login.answer(aResponse().withHeader("Content-Type", "application/json")
			.withHeader("Content-Encoding", "gzip")
			.withBody(gzip(("{\"access_token\":\"" + "x".repeat(50_000_000) + "\"}").getBytes())));
		assertThat(failure()).hasMessageContaining("step: token request")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(1000).contains("larger"));
	}

	@Test
	void whenTheAnswerIsDeeplyNestedThenTheErrorSaysSo() {
		this.login.answer(okJson("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));
		assertThat(failure()).hasMessageContaining("no JSON object");
	}

	@ParameterizedTest
	@ValueSource(strings = { "invalid_client", "invalid_scope" })
	void whenTheServerRefusesAndSendsAllBackThenTheErrorHasNoSecret(String error) {
		this.login.answer(aResponse().withStatus(400)
			.withHeader("Content-Type", "application/json")
			.withTransformers("response-template")
			.withBody("{\"error\":\"" + error + "\",\"error_description\":\"" + SECRET + " " + ENCODED_SECRET
					+ " {{{request.headers.Authorization}}}\\u001b[2J\"}"));
		StatusRuntimeException ex = failure();
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("HTTP 400 " + error + ": ****** ******").hasMessageNotContaining("\u001b");
		TestLogin.assertNoSecret(ex, SECRET, ENCODED_SECRET, BASIC);
	}

	@Test
	void whenTheSecretWasRotatedThenTheNextGrantReadsTheNewOne() throws Exception {
		Path file = Files.writeString(this.folder.resolve("secret"), "old-secret");
		this.login.grant("token-1", "");
		AdminServiceBlockingStub stub = connect(file);
		TestLogin.version(stub);
		Files.writeString(file, "new-secret");
		this.login.move(Duration.ofSeconds(3601));
		this.login.grant("token-2", "");
		TestLogin.version(stub);
		assertThat(this.login.tokenRequests()).extracting((request) -> request.getHeader("Authorization"))
			.containsExactly(basic("old-secret"), basic("new-secret"));
	}

	@ParameterizedTest
	@CsvSource({ "401,invalid_client", "401,unauthorized_client", "400,invalid_client", "400,unauthorized_client",
			"401,access_denied", "401,", "403,unauthorized_client", "400,INVALID_CLIENT", "400,Unauthorized-Client" })
	void whenTheSecretIsRefusedThenANewOneIsTriedAtOnce(int status, @Nullable String error) throws Exception {
		takesOnlyBasic();
		Path file = Files.writeString(this.folder.resolve("secret"), "old-secret");
		this.login.answer(refusal(status, error));
		AdminServiceBlockingStub stub = connect(file);
		for (int call = 0; call < 3; call++) {
			assertThat(TestLogin.failure(stub)).hasMessageContaining("HTTP " + status);
		}
		Files.delete(file);
		assertThat(TestLogin.failure(stub)).hasMessageContaining("HTTP " + status);
		assertThat(this.login.tokenRequests()).as("held off").hasSize(1);
		Files.writeString(file, "new-secret");
		this.login.grant("token-1", "");
		assertThat(TestLogin.version(stub)).isNotNull();
		assertThat(this.login.tokenRequests()).extracting((request) -> request.getHeader("Authorization"))
			.containsExactly(basic("old-secret"), basic("new-secret"));
	}

	@ParameterizedTest
	@CsvSource({ "400,invalid_scope", "400,invalid_grant", "500,unknown_error" })
	void whenTheRefusalIsNotOfTheClientThenANewSecretDoesNotEndTheHoldOff(int status, String error) throws Exception {
		Path file = Files.writeString(this.folder.resolve("secret"), "old-secret");
		this.login.answer(refusal(status, error));
		AdminServiceBlockingStub stub = connect(file);
		assertThat(TestLogin.failure(stub)).hasMessageContaining(error);
		Files.writeString(file, "new-secret");
		assertThat(TestLogin.failure(stub)).hasMessageContaining(error);
		assertThat(this.login.tokenRequests()).hasSize(1);
	}

	private static ResponseDefinitionBuilder refusal(int status, @Nullable String error) {
		return (error != null) ? aResponse().withStatus(status)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\":\"" + error + "\"}") : aResponse().withStatus(status);
	}

	private void takesOnlyBasic() {
		this.login.server.metadata = this.login.server.metadata.toBuilder()
			.addTokenEndpointAuthMethodsSupported("client_secret_basic")
			.build();
	}

	@Test
	void whenANewSecretIsRefusedTooThenItIsTriedOnlyOnce() throws Exception {
		takesOnlyBasic();
		Path file = Files.writeString(this.folder.resolve("secret"), "old-secret");
		this.login.answer(aResponse().withStatus(401)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\":\"invalid_client\"}"));
		AdminServiceBlockingStub stub = connect(file);
		assertThat(TestLogin.failure(stub)).hasMessageContaining("invalid_client");
		Files.writeString(file, "new-secret");
		for (int call = 0; call < 5; call++) {
			assertThat(TestLogin.failure(stub)).hasMessageContaining("invalid_client");
		}
		assertThat(this.login.tokenRequests()).hasSize(2);
	}

	private static String basic(String secret) {
		return "Basic " + Base64.getEncoder().encodeToString(("id:" + secret).getBytes());
	}

	private static byte[] gzip(byte[] bytes) throws IOException {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
			gzip.write(bytes);
		}
		return packed.toByteArray();
	}

	private StatusRuntimeException failure() {
		StatusRuntimeException ex = TestLogin.failure(connect(Duration.ofSeconds(20)));
		assertThat(ex).isNotNull();
		TestLogin.assertNoSecret(ex, SECRET, ENCODED_SECRET, BASIC);
		return ex;
	}

	private AdminServiceBlockingStub connect(Duration requestTimeout) {
		return this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			credentials.property("flyte.credentials.client-id", "id");
			credentials.property("flyte.credentials.client-secret", SECRET);
			credentials.property("flyte.credentials.request-timeout", requestTimeout);
		});
	}

	private AdminServiceBlockingStub connect(Path secret) {
		return this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			credentials.property("flyte.credentials.client-id", "id");
			credentials.property("flyte.credentials.client-secret-location", secret.toString());
		});
	}

}
