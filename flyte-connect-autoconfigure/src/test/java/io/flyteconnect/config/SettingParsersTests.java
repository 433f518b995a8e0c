package io.flyteconnect.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.internal.config.credentials.ApiKey;
import io.flyteconnect.internal.config.text.CommandParser;
import io.flyteconnect.internal.config.text.EndpointParser;
import io.flyteconnect.internal.config.text.HttpProxyParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Modes, commands, proxies and API keys.
 */
class SettingParsersTests {

	@ParameterizedTest
	@CsvSource({ "standard,PKCE", "Pkce,PKCE", "basic,CLIENT_CREDENTIALS", "client_credentials,CLIENT_CREDENTIALS",
			"ClientSecret,CLIENT_CREDENTIALS", "client-secret,CLIENT_CREDENTIALS", "client_secret,CLIENT_CREDENTIALS",
			"external_process,EXTERNAL_COMMAND", "ExternalCommand,EXTERNAL_COMMAND",
			"external-command,EXTERNAL_COMMAND", "DeviceFlow,DEVICE_FLOW", "device_flow,DEVICE_FLOW",
			"device-flow,DEVICE_FLOW", "None,NONE", "' NONE ',NONE" })
	void whenWordOfAModeThenMode(String word, AuthMode mode) {
		assertThat(AuthMode.of(word)).isEqualTo(mode);
	}

	@Test
	void whenWordOfNoModeThenWordsAreListed() {
		assertThatIllegalArgumentException().isThrownBy(() -> AuthMode.of("oidc"))
			.withMessageContaining("'oidc'")
			.withMessageContaining("device-flow, none");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			value = { "tool,--quiet; tool|--quiet", "a,; a", "a;a", "a, b; a,|b", "a b;a|b",
					"gcloud auth print-token --audiences=a,b; gcloud|auth|print-token|--audiences=a,b",
					"tool 'a b' \"c d\"; tool|a b|c d", "tool a\\ b; tool|a b", "tool \"a\\\"b\\n\"; tool|a\"b\\n",
					"tool 'a\\b'; tool|a\\b", "tool x''y; tool|xy", "  tool   x ; tool|x" })
	void whenCommandIsOneTextThenSplit(String text, String words) {
		assertThat(CommandParser.parse(text)).isEqualTo(List.of(words.split("\\|")));
	}

	@Test
	void whenCommandGoesOnInTheNextLineThenTheLinesAreOne() {
		assertThat(CommandParser.parse("gcloud auth \\\n  print-token \"--audience=a\\\nb\" 'c\\\nd' e\\\nf"))
			.containsExactly("gcloud", "auth", "print-token", "--audience=ab", "c\\\nd", "ef");
	}

	@Test
	void whenCommandHasEmptyArgumentThenItStays() {
		assertThat(CommandParser.parse("tool '' \"\"")).containsExactly("tool", "", "");
		assertThat(CommandParser.parse("  ")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tool 'a", "tool \"a", "tool \"a\\\"" })
	void whenQuoteIsOpenThenRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandParser.parse(text))
			.withMessageContaining("not closed")
			.withMessageNotContaining("tool");
	}

	@Test
	void whenProxyHasPasswordThenItIsDecodedAndNotShown() {
		HttpProxy proxy = HttpProxyParser.parse("http://us%40er:p%3Aa+s%2F@proxy.example.com:3128/");
		assertThat(proxy).isEqualTo(new HttpProxy("proxy.example.com", 3128, "us@er", "p:a+s/"));
		assertThat(proxy.toString()).isEqualTo("http://******@proxy.example.com:3128");
	}

	@Test
	void whenProxyIsShortThenRead() {
		assertThat(HttpProxyParser.parse("proxy:3128")).isEqualTo(new HttpProxy("proxy", 3128, null, null));
		assertThat(HttpProxyParser.parse(" proxy:/path?query ")).isEqualTo(new HttpProxy("proxy", 80, null, null));
		assertThat(HttpProxyParser.parse("http://proxy")).isEqualTo(new HttpProxy("proxy", 80, null, null));
		assertThat(HttpProxyParser.parse("http://[::1]:3128")).isEqualTo(new HttpProxy("::1", 3128, null, null));
		assertThat(HttpProxyParser.parse("http://user@proxy:1")).isEqualTo(new HttpProxy("proxy", 1, "user", null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://", "http://user:s3cret@", "http://user:s3cret@a b:1",
			"http://user:s3cret@host:port", "http://user:s3cret@host:99999", "http://user:s3cret%zz@host:1",
			"https://user:s3cret@host:1", "SOCKS5://user:s3cret@host:1", "ftp://user:s3cret@host:1",
			"user:s3cret@host://x", "http://user:s3cret@::1", "http://user:s3cret@[::1", "http://user:s3cret@[]:1" })
	void whenProxyCannotBeUsedThenRefusedWithoutPassword(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpProxyParser.parse(url))
			.withMessageNotContaining("s3cret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "flyte.example.com:id:secret:org | flyte.example.com", "host:443:id:secret:org | host:443",
					"dns:///host:443:id:secret: | dns:///host:443", "[::1]:81:id:secret:None | [::1]:81" })
	void whenApiKeyThenReadFromTheRight(String text, String endpoint) {
		for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder().withoutPadding())) {
			String encoded = encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8));
			assertThat(ApiKey.parse(encoded)).isEqualTo(new ApiKey(endpoint, "id", "secret", encoded));
			assertThat(ApiKey.parse(encoded).toString()).doesNotContain("secret");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "id:s3cret:org", "s3cret", "host::s3cret:org", ":id:s3cret:org", "host:id::org" })
	void whenApiKeyLacksAPartThenRefusedWithoutIt(String text) {
		String key = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
		assertThatIllegalArgumentException().isThrownBy(() -> ApiKey.parse(key))
			.withMessageNotContaining("s3cret")
			.withMessageNotContaining(key);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[fe80::1%eth0]:443", "[fe80::1%25eth0]:443", "[fe80::1%2525eth0]:443",
			"dns:///[fe80::1%25eth0]:443", "ipv6:%5Bfe80::1%25eth0%5D:443", "ipv6:///%5Bfe80::1%252525x%5D:443" })
	void whenAnEndpointHasAZoneThenItsTargetIsReadAsTheSame(String text) {
		Endpoint endpoint = EndpointParser.parse(text, false);
		assertThat(EndpointParser.parse(endpoint.target(), false).host()).isEqualTo(endpoint.host()).contains("%");
	}

	@ParameterizedTest
	@ValueSource(strings = { "b\u00fccher.", "a.\u00fc." })
	void whenAHostIsTooLongInAsciiThenItIsRefusedAsAnyOther(String part) {
		String host = part.repeat(240 / part.length()) + "example";
		assertThatIllegalArgumentException().isThrownBy(() -> EndpointParser.parse(host, false))
			.withMessage("a host name has no more than 253 characters");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[::1.2.3.300]:443", "[::1.2.3]:443", "[::1.2.3.4.5]", "[1.2.3.4]" })
	void whenAnAddressWithinAnotherIsNoneThenTheErrorSaysWhatItIsNot(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> EndpointParser.parse(text, false))
			.withMessageEndingWith("is no IPv6 address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte.example.com:id:s3c:r3t:more:org", "host:443:id:s3cr3t:x:y:org",
			"dns:///host:443:id:s3c:r3t:org", "[::1]:id:s3c:r3t:org" })
	void whenApiKeyHasMorePartsThenNoneIsTakenForTheEndpoint(String text) {
		String key = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
		assertThatIllegalArgumentException().isThrownBy(() -> ApiKey.parse(key))
			.withMessageContaining("more parts than endpoint:client_id:client_secret:org")
			.withMessageNotContaining("s3c")
			.withMessageNotContaining("r3t");
	}

	@Test
	void whenApiKeyIsNoBase64ThenRefusedWithoutIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> ApiKey.parse("s3cret!"))
			.withMessageNotContaining("s3cret")
			.withNoCause();
	}

}
