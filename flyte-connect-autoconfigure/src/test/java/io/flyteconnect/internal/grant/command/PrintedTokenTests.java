package io.flyteconnect.internal.grant.command;

import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a command prints is a token, or an error that says what it is instead.
 */
class PrintedTokenTests {

	private static final Instant NOW = Instant.parse("2025-12-31T23:59:59Z");

	@ParameterizedTest
	@ValueSource(strings = { "t0ken", " t0ken\r\n", "\"t0ken\"", "'t0ken'\n", "\" t0ken \"", "\uFEFFt0ken",
			"Bearer t0ken", "\"bearer  t0ken\"",
			"{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"spec\":{},"
					+ "\"status\":{\"expirationTimestamp\":\"2026-01-01T00:00:00Z\",\"token\":\"t0ken\"}}",
			"{\n  \"status\": {\n    \"token\": \"t0ken\"\n  },\n  \"kind\": \"ExecCredential\"\n}\n" })
	void whenThereIsATokenThenItIsTaken(String printed) {
		assertThat(PrintedToken.of(printed, NOW).value()).isEqualTo("t0ken");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1|abc", "a.b-c_d~e+f/g==", "nullable", "truer", "token", "--abc", "/a/b+c=",
			"falsehood.x", "v4.local.abc_-", "A", "12345678901234567890", "12a", "login-7f3", "invalid_token_x",
			"errand", "ok.x" })
	void whenATokenHasUnusualCharactersThenItIsOneAllTheSame(String token) {
		assertThat(PrintedToken.of(token, NOW).value()).isEqualTo(token);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"access_token\":\"t0ken\"} | access_token", "{\"accessToken\":\"t0ken\"} | accessToken",
					"{\"expires\":1,\"id-token\":\"t0ken\"} | id-token",
					"{\"id_token\":\"t0ken\",\"access_token\":\"t0ken\"} | access_token",
					"{\"credential\":{\"id_token\":\"t0ken\"}} | credential.id_token",
					"{\"kind\":\"Other\",\"status\":{\"token\":\"t0ken\"}} | status.token",
					"[{\"token\":\"t0ken\"}] | [0].token", "{\"data\":[{\"jwt\":\"t0ken\"}]} | data[0].jwt" })
	void whenItIsJsonThenTheErrorNamesTheFieldThatLooksLikeTheToken(String printed, String field) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed, NOW))
			.withMessageStartingWith("printed JSON, where the token alone is needed: its field '" + field + "'")
			.withMessageContaining("jq -r ." + field)
			.withMessageNotContaining("t0ken");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{} | no field of it looks like a token",
			"{\"a\":1} | no field of it looks like a token", "{\"token\":5} | no field of it looks like a token",
			"[] | no field of it looks like a token", "{\"token\":\"t0ken\" | looks like JSON",
			"{t0ken} | looks like JSON",
			"{\"kind\":\"ExecCredential\",\"status\":{\"clientKeyData\":\"t0ken\"}} | without a token in its field 'status.token'",
			"null | printed 'null' in place of a token", "None | printed 'None' in place of a token",
			"\"undefined\" | printed 'undefined' in place of a token", "\"\" | in place of a token",
			"true | the word 'true'", "False | the word 'False'", "\"Bearer\" | the word 'Bearer'",
			"Unauthorized | the word 'Unauthorized'", "ERROR | the word 'ERROR'",
			"access_token | the word 'access_token'", "<none> | printed '<none>' in place of a token",
			"(unset) | printed '(unset)' in place of a token", "n/a | printed 'n/a' in place of a token",
			"-----BEGIN | a certificate or a key", "-----BEGIN PRIVATE KEY----- t0ken | a certificate or a key",
			"{\"token\":\"\"} | no field of it looks like a token",
			"{\"access_token\":\" \",\"jwt\":\"null\"} | no field of it looks like a token",
			"{\"token\":\"https://x/t0ken\"} | no field of it looks like a token",
			"{\"kind\":\"ExecCredential\",\"status\":{\"token\":\" \"}} | without a token in its field 'status.token'",
			"{\"kind\":\"ExecCredential\",\"status\":{\"token\":\"null\"}} | printed 'null' in place of a token",
			"{\"kind\":\"ExecCredential\",\"status\":{\"token\":\"a:t0ken\"}} | letters, digits and",
			"<html>t0ken</html> | printed a page", "\"t0ken | it has quotes in it", "t0\"ken\" | it has quotes in it",
			"two words | blanks", "Authorization: Bearer t0ken | blanks" })
	void whenItIsSomethingElseThenTheErrorSaysWhat(String printed, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed, NOW))
			.withMessageContaining(message)
			.withMessageNotContaining("t0ken");
	}

	@ParameterizedTest
	@ValueSource(strings = { "access_token=t0ken", "TOKEN=t0ken", "token:t0ken", "`t0ken`", "t0ken,", "t0ken;", "*****",
			"$TOKEN", "${TOKEN}", "%TOKEN%", "https://login/t0ken", "ERROR:denied", "error=denied", "%PDF", "t0ken=x=",
			"(t0ken)", "t0ken!", "me@t0ken", "t0ken|x", "#t0ken", "t0ken\\n", "token=", "ACCESS_TOKEN=", "-", "...",
			"===", "-----", "$HOME;`id`|x", "x:y@z", "a&b", "-----END" })
	void whenItHasNotTheFormOfATokenThenTheErrorSaysWhichThatIs(String printed) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed, NOW))
			.withMessageStartingWith("printed something that is no token: one has letters, digits and -._~+/ only")
			.withMessageNotContaining("t0ken");
	}

	@ParameterizedTest
	@ValueSource(strings = { "invalid_token", "expired_token", "login_required", "NotFound", "not-found", "logged-out",
			"ERR", "Login", "ok.", "\"Access-Denied\"", "INVALID_GRANT", "InvalidToken", "insufficient_scope",
			"authorization_pending", "consent-required", "Bearer unsupported_grant_type", "not_logged_in", "timed-out",
			"Failed...", "temporarily_unavailable", "request_uri_not_supported", "none." })
	void whenItIsAWordOfRefusalThenTheErrorSaysSo(String printed) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed, NOW))
			.withMessageContaining("in place of a token");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> PrintedToken.of("{\"token\":\"" + printed.replace("\"", "") + "\"}", NOW))
			.withMessageContaining("no field of it looks like a token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "1", "12", "-1", "401", "86400", "1767225599", "0.5", "\"127\"" })
	void whenItIsANumberOfFewDigitsThenTheErrorSaysSo(String printed) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed, NOW))
			.withMessage("printed a number in place of a token");
	}

	@ParameterizedTest
	@CsvSource({ "2025-12-31T23:59:59Z,2025-12-31T23:59:59Z", "2025-12-31T20:00:00Z,2025-12-31T20:00:00Z",
			"2026-01-01T01:00:00+02:00,2025-12-31T23:00:00Z", "1970-01-01T00:00:00.5Z,1970-01-01T00:00:00.500Z" })
	void whenTheTokenOfAnExecCredentialHasEndedThenTheErrorSaysWhen(String end, String told) {
		String printed = "{\"kind\":\"ExecCredential\",\"status\":{\"expirationTimestamp\":\"" + end
				+ "\",\"token\":\"t0ken\"}}";
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed, NOW))
			.withMessageStartingWith("printed an ExecCredential whose token has ended at " + told)
			.withMessageNotContaining("t0ken");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', nullValues = "-", value = { "\"2025-12-31T23:00:00-02:00\",2026-01-01T01:00:00Z",
			"\"2026-01-01T00:00:02Z\",2026-01-01T00:00:02Z", "\"soon\",-", "5,-", "null,-", "\"\",-" })
	void whenTheEndOfAnExecCredentialIsToComeOrUnreadableThenItsTokenIsTaken(String end, @Nullable Instant told) {
		PrintedToken token = PrintedToken.of(
				"{\"kind\":\"ExecCredential\",\"status\":{\"expirationTimestamp\":" + end + ",\"token\":\"t0ken\"}}",
				NOW);
		assertThat(token.value()).isEqualTo("t0ken");
		assertThat(token.end()).isEqualTo(told);
		assertThat(token).hasToString("PrintedToken[end=" + told + "]");
	}

	@ParameterizedTest
	@CsvSource({ "'Fetching ...\nt0ken',2", "'t0ken\n\nexpires in 1 h\nbye',3", "'\"t0ken\nx\"',2" })
	void whenThereAreSeveralLinesThenTheErrorCountsThem(String printed, int lines) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed.replace("\\n", "\n"), NOW))
			.withMessageStartingWith("printed " + lines + " lines, where the token alone is needed")
			.withMessageNotContaining("t0ken");
	}

	@ParameterizedTest
	@MethodSource("longest")
	// Far more than it takes: what is not proportional takes minutes.
	@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void whenItIsAsLongAsItMayBeThenItIsReadAtOnce(String printed) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> IntStream.range(0, 5).forEach((times) -> PrintedToken.of(printed, NOW)))
			.withMessageStartingWith("printed ");
	}

	static Stream<String> longest() {
		return Stream.of("1".repeat(65_530) + "|!", "a_".repeat(32_760) + "x!", "a_".repeat(32_760) + "token=",
				"-".repeat(65_530) + "!", "a=".repeat(32_760), "/".repeat(65_530), "{\"a\":".repeat(13_000),
				"{\"a\":".repeat(1_000), "[".repeat(65_530));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a_", "_", "a", "ab_c_" })
	void whenATokenIsAsLongAsItMayBeThenItIsTaken(String part) {
		String token = part.repeat(65_000 / part.length()) + "x";
		assertThat(PrintedToken.of(token, NOW).value()).isEqualTo(token);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n\t", "\uFEFF" })
	void whenThereIsNothingThenTheErrorSaysSo(String printed) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed, NOW))
			.withMessage("printed nothing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "t\u00e4", "a\u0000b", "\u001b[32mt0ken\u001b[0m", "a\u0000b\nc" })
	void whenNoHeaderCanCarryItThenTheErrorSaysSo(String printed) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed, NOW))
			.withMessageStartingWith("printed something that is no token");
	}

}
