package io.flyteconnect.oauth2.command;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a command prints is a token, or an error that says what it is instead.
 */
class PrintedTokenTests {

	@ParameterizedTest
	@ValueSource(strings = { "t0ken", " t0ken\r\n", "\"t0ken\"", "'t0ken'\n", "\" t0ken \"", "\uFEFFt0ken",
			"Bearer t0ken", "\"bearer  t0ken\"",
			"{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"spec\":{},"
					+ "\"status\":{\"expirationTimestamp\":\"2026-01-01T00:00:00Z\",\"token\":\"t0ken\"}}",
			"{\n  \"status\": {\n    \"token\": \"t0ken\"\n  },\n  \"kind\": \"ExecCredential\"\n}\n" })
	void whenThereIsATokenThenItIsTaken(String printed) {
		assertThat(PrintedToken.of(printed)).isEqualTo("t0ken");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1|abc", "a.b-c_d~e+f/g==", "$HOME;`id`|x", "x:y@z", "nullable" })
	void whenATokenHasUnusualCharactersThenItIsOneAllTheSame(String token) {
		assertThat(PrintedToken.of(token)).isEqualTo(token);
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
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed))
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
			"<html>t0ken</html> | printed a page", "\"t0ken | it has quotes in it", "t0\"ken\" | it has quotes in it",
			"two words | blanks", "Authorization: Bearer t0ken | blanks" })
	void whenItIsSomethingElseThenTheErrorSaysWhat(String printed, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed))
			.withMessageContaining(message)
			.withMessageNotContaining("t0ken");
	}

	@ParameterizedTest
	@CsvSource({ "'Fetching ...\nt0ken',2", "'t0ken\n\nexpires in 1 h\nbye',3", "'\"t0ken\nx\"',2" })
	void whenThereAreSeveralLinesThenTheErrorCountsThem(String printed, int lines) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed.replace("\\n", "\n")))
			.withMessageStartingWith("printed " + lines + " lines, where the token alone is needed")
			.withMessageNotContaining("t0ken");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n\t", "\uFEFF" })
	void whenThereIsNothingThenTheErrorSaysSo(String printed) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed)).withMessage("printed nothing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "t\u00e4", "a\u0000b", "\u001b[32mt0ken\u001b[0m", "a\u0000b\nc" })
	void whenNoHeaderCanCarryItThenTheErrorSaysSo(String printed) {
		assertThatIllegalArgumentException().isThrownBy(() -> PrintedToken.of(printed))
			.withMessageStartingWith("printed something that is no token");
	}

}
