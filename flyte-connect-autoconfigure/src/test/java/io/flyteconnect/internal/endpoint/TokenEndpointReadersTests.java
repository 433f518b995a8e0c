package io.flyteconnect.internal.endpoint;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.token.TokenLife;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * {@link TokenResponseReader}, {@link JsonObjectReader} and {@link TokenErrorHandler}:
 * what each makes of an answer.
 */
@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
class TokenEndpointReadersTests {

	private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

	@Test
	void whenTheAnswerIsCompleteThenAllOfItIsKept() throws Exception {
		OAuth2AccessTokenResponse response = token("{\"access_token\":\"a\",\"token_type\":\"bEARER\","
				+ "\"expires_in\":60,\"refresh_token\":\"r\",\"scope\":\" all  offline \",\"id_token\":\"x.y.z\","
				+ "\"more\":{\"of\":[\"it\"]}}");
		assertThat(response.getAccessToken().getTokenValue()).isEqualTo("a");
		assertThat(TokenLife.of(response.getAccessToken())).hasSeconds(60);
		assertThat(response.getAccessToken().getScopes()).containsExactly("all", "offline");
		assertThat(response.getRefreshToken()).isNotNull();
		assertThat(response.getRefreshToken().getTokenValue()).isEqualTo("r");
		assertThat(response.getAdditionalParameters()).isEqualTo(Map.of("id_token", "x.y.z"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "json", "application/json; charset", "application/json; charset=none-of-any", "*", "a/b/c" })
	void whenTheContentTypeIsNoMediaTypeThenWhatTheAnswerHoldsCounts(String contentType) {
		assertThat(requested(HttpStatus.OK, contentType, "{\"access_token\":\"a\"}").getAccessToken().getTokenValue())
			.isEqualTo("a");
		assertThatExceptionOfType(TokenRequestException.class)
			.isThrownBy(() -> requested(HttpStatus.UNAUTHORIZED, contentType,
					"{\"error\":\"invalid_client\",\"error_description\":\"s3cret is wrong\"}"))
			.withMessage("HTTP 401 invalid_client: ****** is wrong");
		assertThatExceptionOfType(TokenRequestException.class)
			.isThrownBy(() -> requested(HttpStatus.BAD_GATEWAY, contentType, "<html>"))
			.withMessageContaining("the answer (" + contentType + ") is no OAuth2 error");
	}

	private OAuth2AccessTokenResponse requested(HttpStatus status, String contentType, String body) {
		ClientRegistration registration = ClientRegistration.withRegistrationId("flyte")
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.clientId("id")
			.clientSecret("s3cret")
			.tokenUri("https://idp.example/token")
			.build();
		return new TokenEndpointClients((uri, method) -> {
			MockClientHttpResponse response = new MockClientHttpResponse(body.getBytes(StandardCharsets.UTF_8), status);
			response.getHeaders().add("Content-Type", contentType);
			MockClientHttpRequest request = new MockClientHttpRequest(method, uri);
			request.setResponse(response);
			return request;
		}, (request, form, execution) -> execution.execute(request, form), this.clock, new SettingNames("flyte"))
			.clientCredentials()
			.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"access_token\":\"a\"}",
			"{\"access_token\":\"a\",\"refresh_token\":\" \",\"scope\":\"\",\"id_token\":null}",
			"{\"access_token\":\"a\",\"refresh_token\":5,\"scope\":[\"x\"],\"id_token\":{}}" })
	void whenTheAnswerHasLittleThenTheTokenIsEnough(String body) throws Exception {
		OAuth2AccessTokenResponse response = token(body);
		assertThat(response.getAccessToken().getTokenValue()).isEqualTo("a");
		assertThat(response.getRefreshToken()).isNull();
		assertThat(response.getAccessToken().getScopes()).isEmpty();
		assertThat(response.getAdditionalParameters()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "'' | is no JSON object", "[] | is no JSON object",
			"{} | has no access_token", "{\"access_token\":\" \"} | has no access_token",
			"{\"accessToken\":{},\"refreshToken\":{}} | has no access_token, only accessToken, refreshToken",
			"{\"access_token\":12345,\"token_type\":\"Bearer\"} | has an access_token that is a number, where a text is needed",
			"{\"access_token\":{\"value\":\"s3cret\"}} | has an access_token that is an object, where a text is needed",
			"{\"access_token\":[\"s3cret\"]} | has an access_token that is a list, where a text is needed",
			"{\"access_token\":true} | has an access_token that is a boolean, where a text is needed",
			"{\"id_token\":\"a.b.c\",\"expires_in\":5} | has no access_token, only id_token, expires_in",
			"{\"s3cret\":1,\"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln\":1,\"data\":2} | has no access_token, only data",
			"{\"access_token\":\"a\\nb\"} | characters that no header can carry",
			"{\"access_token\":\"t0ken\",\"token_type\":\"mac\\n\"} | the token_type is 'mac' where Bearer",
			"{\"access_token\":\"t0ken\",\"token_type\":\"PoP\"} | bound to a key that must sign each call",
			"{\"access_token\":\"t0ken\",\"token_type\":\"DPoP\"} | must sign each call (RFC 9449)",
			"{\"access_token\":\"t0ken\",\"token_type\":\"N_A\"} | what was issued is no access token",
			"{\"message\":\"Forbidden s3cret\"} | has no access_token, it says: Forbidden ******" })
	void whenTheAnswerIsNoTokenThenTheErrorSaysWhy(String body, String message) {
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> token(body))
			.withMessageStartingWith("HTTP 200, but ")
			.withMessageContaining(message)
			.satisfies((ex) -> {
				assertThat(ex.getError().getErrorCode()).isEqualTo(TokenRequestException.INVALID_RESPONSE);
				assertThat(ex.getHttpStatus()).isEqualTo(200);
				assertThat(ex.isPermanent()).isTrue();
			});
	}

	@ParameterizedTest
	@CsvSource({ "3600,3600", "'\"3600\"',3600", "0.4,1", "60.9,60", "99999999999999,315360000",
			"9223372036854775807,315360000", "null,315360000" })
	void whenExpiresInIsANumberOrAbsentThenTheLifeIsKnown(String expiresIn, long seconds) throws Exception {
		OAuth2AccessTokenResponse response = token("{\"access_token\":\"a\",\"expires_in\":" + expiresIn + "}");
		assertThat(TokenLife.of(response.getAccessToken())).hasSeconds(seconds);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "0 | 0", "-1 | -1", "\"-3600\" | -3600", "1e30 | 1.0E30", "1e400 | Infinity",
					"99999999999999999999 | 99999999999999999999", "\"\" | ``", "\"soon\" | soon", "\"NaN\" | NaN",
					"true | true", "[3600] | [3600]", "{\"s\":1} | {s=1}", "\"a\\u001b[2Jb\\nc\" | a [2Jb c",
					"\"s3cret t0ken r3fresh i.d.t\" | ****** ****** ****** ******", "[\"t0ken\"] | [******]" })
	void whenExpiresInMakesNoSenseThenItCountsAsAbsentAndIsWarnedOf(String expiresIn, String shown,
			CapturedOutput output) throws Exception {
		OAuth2AccessTokenResponse response = token("{\"access_token\":\"t0ken\",\"refresh_token\":\"r3fresh\","
				+ "\"id_token\":\"i.d.t\",\"expires_in\":" + expiresIn + "}");
		assertThat(TokenLife.of(response.getAccessToken())).isEqualTo(TokenLife.UNTIL_REFUSED);
		assertThat(output)
			.contains("expires_in is '" + shown + "', no positive number of seconds: it counts as absent");
	}

	@Test
	void whenExpiresInIsZeroThenAJwtStillTellsItsEnd() throws Exception {
		String claims = Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(("{\"exp\":" + this.clock.instant().plusSeconds(90).getEpochSecond() + "}").getBytes());
		OAuth2AccessTokenResponse response = token("{\"access_token\":\"e30." + claims + ".x\",\"expires_in\":0}");
		assertThat(TokenLife.of(response.getAccessToken())).hasSeconds(90);
	}

	@Test
	void whenAWrongValueIsLongThenTheWarningIsNot(CapturedOutput output) throws Exception {
		token("{\"access_token\":\"a\",\"expires_in\":\"" + "9".repeat(5000) + "\"}");
		assertThat(output).contains("999...', no positive").doesNotContain("9".repeat(400));
	}

	@Test
	void whenAnAnswerIsOddAgainAndAgainThenThatIsSaidOnce(CapturedOutput output) throws Exception {
		TokenResponseReader reader = new TokenResponseReader(this.clock, List.of(), new AnswerNotices());
		for (int i = 0; i < 3; i++) {
			OAuth2AccessTokenResponse response = reader.read(OAuth2AccessTokenResponse.class,
					response(200, "{\"access_token\":\"t0ken\",\"token_type\":\"BearerToken\",\"expires_in\":60}"));
			assertThat(response.getAccessToken().getTokenValue()).isEqualTo("t0ken");
			assertThat(response.getAccessToken().getTokenType()).isEqualTo(TokenType.BEARER);
		}
		assertThat(output.getAll().split("token_type is 'BearerToken': it is used as a Bearer token", -1)).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "\"JWT\"", "\"bearer \"", "\"urn:ietf:params:oauth:token-type:access_token\"", "5",
			"[\"Bearer\"]", "null" })
	void whenTheTypeIsUnusualButTheTokenIsNotThenItIsUsed(String type) throws Exception {
		assertThat(token("{\"access_token\":\"a\",\"token_type\":" + type + "}").getAccessToken().getTokenValue())
			.isEqualTo("a");
	}

	@ParameterizedTest
	@CsvSource({ "application/x-www-form-urlencoded", "text/plain;charset=utf-8" })
	void whenTheAnswerIsAFormThenItIsReadAsOne(String type) throws Exception {
		MockClientHttpResponse response = response(200,
				"access_token=a%2Bb&token_type=bearer&expires_in=60&scope=all+offline");
		response.getHeaders().set("Content-Type", type);
		OAuth2AccessTokenResponse token = new TokenResponseReader(this.clock, List.of(), new AnswerNotices())
			.read(OAuth2AccessTokenResponse.class, response);
		assertThat(token.getAccessToken().getTokenValue()).isEqualTo("a+b");
		assertThat(TokenLife.of(token.getAccessToken())).hasSeconds(60);
		assertThat(token.getAccessToken().getScopes()).containsExactly("all", "offline");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uFEFF{\"access_token\":\"a\"}", "{\"access_token\":\" a\\r\\n\"}",
			"{\"access_token\":\"a\",\"error\":null}", "{\"access_token\":\"a\",\"error\":\"\"}" })
	void whenTheAnswerIsUntidyThenTheTokenIsUsed(String body) throws Exception {
		assertThat(token(body).getAccessToken().getTokenValue()).isEqualTo("a");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"{\"error\":\"bad_verification_code\",\"error_description\":\"It is s3cret\"} | HTTP 200 bad_verification_code: It is ******",
			"{\"error\":\"invalid_client\"} | HTTP 200 invalid_client",
			"{\"ok\":false,\"error\":\"invalid_auth\"} | HTTP 200 invalid_auth",
			"{\"access_token\":\"\",\"error\":\"invalid_scope\",\"message\":\"no\"} | HTTP 200 invalid_scope: no" })
	void whenAnErrorComesWithASuccessThenItIsAnErrorAllTheSame(String body, String message) {
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> token(body))
			.withMessage(message)
			.satisfies((ex) -> assertThat(ex.isPermanent()).isTrue());
		assertThatExceptionOfType(TokenRequestException.class)
			.isThrownBy(() -> new JsonObjectReader(List.of("s3cret")).read(map(), response(200, body)))
			.withMessage(message);
	}

	@Test
	void whenAnObjectIsReadThenItIsAMap() throws Exception {
		JsonObjectReader reader = new JsonObjectReader(List.of());
		assertThat(reader.read(map(), response(200, "{\"a\":1}"))).isEqualTo(Map.of("a", 1));
		assertThatExceptionOfType(TokenRequestException.class)
			.isThrownBy(() -> reader.read(map(), response(200, "<html>")))
			.withMessage("HTTP 200, but the answer (application/json) is no JSON object");
	}

	@Test
	void whenSomethingIsToBeWrittenThenThatIsAMistake() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> new JsonObjectReader(List.of()).writeInternal(Map.of(), null));
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> new TokenResponseReader(this.clock, List.of("s3cret"), new AnswerNotices())
				.writeInternal(null, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"{\"Error\":\"invalid_scope\",\"Error_Description\":\"upper\"} | invalid_scope: upper",
			"{\"ERROR\":\"invalid_grant\",\"errorDescription\":\"camel\"} | invalid_grant: camel",
			"{\"error\":\"invalid_scope\",\"error_description\":[\"one\",\"two s3cret\"]} | invalid_scope: one; two ******",
			"{\"error\":\"invalid_scope\",\"error_description\":[\" \",5,\"one\"],\"detail\":\"x\"} | invalid_scope: one",
			"{\"error\":\"invalid_scope\",\"error_description\":[],\"message\":[\"one\"]} | invalid_scope: one",
			"{\"error\":\"invalid_grant\",\"error-description\":\"dashes\"} | invalid_grant: dashes",
			"{\"error\":{\"code\":\"invalid_scope\",\"message\":\"nope scope\"}} | invalid_scope: nope scope",
			"{\"error\":{\"type\":\"invalid_request\",\"description\":\"typed\"}} | invalid_request: typed",
			"{\"errors\":[{\"code\":\"invalid_client\",\"detail\":\"first s3cret\"},{}]} | invalid_client: first ******",
			"{\"errors\":[\"invalid_target\"]} | invalid_target",
			"{\"code\":\"invalid_scope\",\"message\":\"flat\"} | invalid_scope: flat",
			"{\"errorCode\":\"access_denied\",\"errorMessage\":\"flat\"} | access_denied: flat" })
	void whenAnErrorIsSpeltOrWrappedInItsOwnWayThenItsCodeAndDescriptionAreThere(String body, String says) {
		String code = says.split(":")[0];
		for (int status : new int[] { 400, 401, 500 }) {
			TokenRequestException ex = error(status, body, null);
			assertThat(ex).hasMessage("HTTP " + status + " " + says);
			assertThat(ex.getError().getErrorCode()).isEqualTo(code);
		}
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> token(body))
			.withMessage("HTTP 200 " + says)
			.satisfies((ex) -> assertThat(ex.getError().getErrorCode()).isEqualTo(code));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"errors\":[{\"code\":\"E1\",\"message\":\"array message\"}]} | E1: array message",
					"{\"errors\":{\"message\":\"an object\"}} | an object", "{\"errors\":[\"a list\"]} | a list",
					"{\"error\":[{\"type\":\"Locked\"}]} | Locked", "{\"reason\":\"a reason\"} | a reason" })
	void whenAnErrorHasNoCodeOfTheStandardThenItsWordsAreTold(String body, String says) {
		assertThat(error(400, body, null)).hasMessage(
				"HTTP 400 invalid_token_response: the answer (application/json) is no OAuth2 error, it says: " + says);
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> token(body))
			.withMessage("HTTP 200, but the answer has no access_token, it says: " + says);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"400 | text/plain | invalid_client | HTTP 400 invalid_client",
			"401 | text/plain;charset=utf-8 | INVALID_CLIENT | HTTP 401 invalid_client",
			"400 | application/json | \"invalid_scope\" | HTTP 400 invalid_scope",
			"503 | text/plain | busy | HTTP 503 invalid_token_response: the answer (text/plain) is no OAuth2 error, it says: busy",
			"429 | text/plain | a limit of n=5 for s3cret is reached | HTTP 429 invalid_token_response: the answer (text/plain) is no OAuth2 error",
			"500 | application/json | \"out of order\" | HTTP 500 invalid_token_response: the answer (application/json) is no OAuth2 error, it says: out of order",
			"400 | application/json | [{\"error\":\"x\",\"message\":\"in a list\"}] | HTTP 400 invalid_token_response: the answer (application/json) is no OAuth2 error, it says: in a list",
			"403 | text/plain | <html>no</html> | HTTP 403 invalid_token_response: the answer (text/plain) is no OAuth2 error",
			"400 | text/plain | error=invalid_grant&error_description=a+form | HTTP 400 invalid_grant: a form" })
	void whenAnErrorIsATextThenItIsTold(int status, String type, String body, String message) {
		MockClientHttpResponse response = response(status, body);
		response.getHeaders().set("Content-Type", type);
		assertThat(error(response)).hasMessage(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/json" })
	void whenATextComesWithASuccessThenItMayBeATokenAndIsNotShown(String type) {
		for (String body : List.of("t0ken", "\"t0ken\"", "[\"t0ken\"]")) {
			MockClientHttpResponse response = response(200, body);
			response.getHeaders().set("Content-Type", type);
			assertThatExceptionOfType(TokenRequestException.class)
				.isThrownBy(() -> new TokenResponseReader(this.clock, List.of(), new AnswerNotices())
					.read(OAuth2AccessTokenResponse.class, response))
				.withMessageNotContaining("t0ken");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer a", "bearer a", " BEARER   a " })
	void whenTheTokenHasItsSchemeThenThatIsNoPartOfIt(String token) throws Exception {
		assertThat(token("{\"access_token\":\"" + token + "\"}").getAccessToken().getTokenValue()).isEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 201, 202 })
	void whenASuccessIsEmptyThenTheErrorSaysSo(int status) throws Exception {
		MockClientHttpResponse response = response(status, "");
		assertThat(new TokenErrorHandler(this.clock, List.of()).hasError(response)).isTrue();
		TokenRequestException ex = error(response);
		assertThat(ex).hasMessage("HTTP " + status + ", but the answer is empty");
		assertThat(ex.getHttpStatus()).isEqualTo(status);
		assertThat(ex.isPermanent()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "200,false", "204,true", "205,true", "301,true", "302,true", "400,true", "401,true", "500,true" })
	void whenTheStatusIsNoSuccessThenItIsAnError(int status, boolean error) throws Exception {
		assertThat(new TokenErrorHandler(this.clock, List.of()).hasError(response(status, "{}"))).isEqualTo(error);
	}

	@ParameterizedTest
	@CsvSource({ "400,invalid_grant,true", "401,invalid_client,true", "403,unauthorized_client,true",
			"400,server_error,false", "400,temporarily_unavailable,false", "400,slow_down,false",
			"408,invalid_request,false", "429,invalid_request,false", "500,server_error,false",
			"500,invalid_client,true", "503,unauthorized_client,true", "429,invalid_client,false",
			"500,invalid_grant,false", "503,something_else,false" })
	void whenTheServerSendsAnErrorThenItsCodeTellsWhetherToComeBack(int status, String code, boolean permanent) {
		TokenRequestException ex = error(status, "{\"error\":\"" + code + "\"}", null);
		assertThat(ex).hasMessage("HTTP " + status + " " + code);
		assertThat(ex.getError().getErrorCode()).isEqualTo(code);
		assertThat(ex.isPermanent()).isEqualTo(permanent);
	}

	@ParameterizedTest
	@CsvSource({ "INVALID_CLIENT,invalid_client,true", "SERVER_ERROR,server_error,false",
			"Temporarily_Unavailable,temporarily_unavailable,false", "slow-down,slow_down,false",
			"InvalidClient,invalid_client,true", "' Invalid_Scope ',invalid_scope,true", "E0000022,E0000022,true" })
	void whenTheServerSpellsACodeInItsOwnWayThenItIsTheSameCode(String spelt, String code, boolean permanent) {
		for (String body : List.of("{\"error\":\"" + spelt + "\"}",
				"{\"error\":{\"code\":\"" + spelt + "\"},\"error_description\":\"x\"}")) {
			TokenRequestException ex = error(400, body, null);
			assertThat(ex).hasMessageContaining(code);
			assertThat(ex.isPermanent()).isEqualTo(permanent);
			assertThat(ex.isClientRefused()).isEqualTo("invalid_client".equals(code));
		}
	}

	@ParameterizedTest
	@CsvSource({ "400,true", "401,true", "403,true", "404,true", "408,false", "425,false", "429,false", "500,false" })
	void whenTheServerSendsNoErrorOfOAuth2ThenTheStatusTells(int status, boolean permanent) {
		for (String body : List.of("", "<html>", "{}", "{\"error\":\" \"}", "{\"error\":{\"code\":1}}")) {
			TokenRequestException ex = error(status, body, null);
			assertThat(ex).hasMessage(
					"HTTP " + status + " invalid_token_response: the answer (application/json) is no OAuth2 error");
			assertThat(ex.isPermanent()).isEqualTo(permanent);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"message\":\"Forbidden\"} | Forbidden",
					"{\"error\":{\"code\":403,\"message\":\"quota s3cret\",\"status\":\"DENIED\"}} | quota ******",
					"{\"errorCode\":\"E0000011\",\"errorSummary\":\"Invalid token provided\"} | Invalid token provided",
					"{\"type\":\"about:blank\",\"title\":\"Blocked\",\"detail\":\"by policy 7\"} | by policy 7" })
	void whenAnErrorIsInWordsOfItsOwnThenTheyAreTold(String body, String says) {
		TokenRequestException ex = error(403, body, null);
		assertThat(ex).hasMessage(
				"HTTP 403 invalid_token_response: the answer (application/json) is no OAuth2 error, it says: " + says);
		assertThat(ex.isPermanent()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			value = { "https://sso.example/login?client=s3cret | https://sso.example/login",
					"/oauth2/token | https://idp.example/oauth2/token",
					"//other.example:8443/x#y | https://other.example:8443/x",
					"https://me:pass@sso.example/s3cret | https://sso.example/******",
					"http://[ | an address that cannot be read", "mailto:x | an address that cannot be read",
					"- | nowhere" })
	void whenTheServerRedirectsThenTheTargetIsNamed(String location, String target) {
		MockClientHttpResponse response = response(307, "<html>");
		if (location != null) {
			response.getHeaders().set("Location", location);
		}
		TokenRequestException ex = error(response);
		assertThat(ex).hasMessage("HTTP 307: a redirect to " + target + ", which is not followed");
		assertThat(ex.isPermanent()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "7,7", "' 7 ',7", "0,0", "31,30", "999999999,30" })
	void whenTheServerAsksToBeLeftAloneThenThatIsKeptWithinReason(String header, long seconds) {
		assertThat(error(429, "", header).getRetryAfter()).isEqualTo(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-1", "soon", "9999999999", "1.5", "Fri, 31 Dec", "Fri, 31 Dec 1999 23:59:59 GMT" })
	void whenRetryAfterIsNoTimeToComeThenItCountsAsAbsent(String header) {
		assertThat(error(429, "", header).getRetryAfter()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "5,5", "0,0", "90,30" })
	void whenRetryAfterIsADateThenItCountsFromNow(long ahead, long seconds) {
		assertThat(error(429, "", date(this.clock.instant().plusSeconds(ahead))).getRetryAfter())
			.isEqualTo(Duration.ofSeconds(seconds));
	}

	@Test
	void whenTheServersClockDiffersThenTheDateCountsFromWhatItSays() {
		MockClientHttpResponse response = response(429, "");
		Instant server = this.clock.instant().minus(Duration.ofHours(3));
		response.getHeaders().set("Date", date(server));
		response.getHeaders().set("Retry-After", date(server.plusSeconds(9)));
		assertThat(error(response).getRetryAfter()).isEqualTo(Duration.ofSeconds(9));
	}

	private static String date(Instant instant) {
		return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
	}

	@Test
	void whenTheDescriptionHasSecretsAndControlsThenItHasNoneAfterwards() {
		TokenRequestException ex = error(400,
				"{\"error\":\"bad\\ns3cret\",\"error_description\":\"a s3cret\\u001b[31m\\nfake line\"}", null);
		assertThat(ex).hasMessage("HTTP 400 bad ******: a ****** [31m fake line");
		assertThat(ex.getError().getErrorCode()).isEqualTo("bad ******");
		assertThat(ex.getError().getDescription()).isEqualTo("a ****** [31m fake line");
	}

	@Test
	void whenAnotherEndpointAnsweredThenTheExceptionKnowsIt() {
		TokenRequestException ex = error(429, "{\"error\":\"slow_down\"}", "3");
		assertThat(ex.getEndpoint()).isNull();
		TokenRequestException moved = ex.at("https://idp.example/device");
		assertThat(moved.getEndpoint()).isEqualTo("https://idp.example/device");
		assertThat(moved).hasMessage(ex.getMessage());
		assertThat(moved.getRetryAfter()).isEqualTo(Duration.ofSeconds(3));
		assertThat(moved.getHttpStatus()).isEqualTo(429);
		assertThatNoException().isThrownBy(moved::isPermanent);
	}

	private OAuth2AccessTokenResponse token(String body) throws IOException {
		return new TokenResponseReader(this.clock, List.of("s3cret"), new AnswerNotices())
			.read(OAuth2AccessTokenResponse.class, response(200, body));
	}

	private TokenRequestException error(int status, String body, String retryAfter) {
		MockClientHttpResponse response = response(status, body);
		if (retryAfter != null) {
			response.getHeaders().set("Retry-After", retryAfter);
		}
		return error(response);
	}

	private TokenRequestException error(MockClientHttpResponse response) {
		return catchThrowableOfType(TokenRequestException.class,
				() -> new TokenErrorHandler(this.clock, List.of("s3cret"))
					.handleError(URI.create("https://idp.example/token"), HttpMethod.POST, response));
	}

	private static MockClientHttpResponse response(int status, String body) {
		MockClientHttpResponse response = new MockClientHttpResponse(body.getBytes(StandardCharsets.UTF_8),
				HttpStatus.valueOf(status));
		response.getHeaders().set("Content-Type", "application/json");
		return response;
	}

	@SuppressWarnings("unchecked")
	private static Class<? extends Map<String, Object>> map() {
		return (Class<? extends Map<String, Object>>) (Class<?>) Map.class;
	}

}
