package io.flyteconnect.internal.config.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WebAddressTests {

	@ParameterizedTest
	@CsvSource({ "https://c/%20b,https://c/%20b", "https://c/a%2Fb?x=%C3%BC#%25,https://c/a%2Fb?x=%C3%BC#%25",
			"https://c/%2520,https://c/%2520", "https://c/a b,https://c/a%20b", "' https://c/ ',https://c/" })
	void whenAnAddressIsReadThenItsEscapesStayAsTheyAre(String text, String address) {
		assertThat(WebAddress.parse(text)).hasToString(address);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://", "http://[" })
	void whenItIsNoAddressThenThereIsNone(String text) {
		assertThat(WebAddress.parse(text)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://h", "HTTPS://h:65535/x", "https://127.0.0.1:1/", "http://[::1]:80/x?y#z",
			"https://h:/x", "https://user:pw@h/a@b" })
	void whenARequestCanBeSentThereThenTheAddressIsUsable(String address) {
		assertThat(WebAddress.isUsable(address)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://h:65536", "http://h:0", "https://h:99999999999", "https://a_b", "ftp://h",
			"h/token", "//h/token", "/token", "https:h", "https:///x", "http://a b", "http://h/{x}", "" })
	void whenNoRequestCanBeSentThereThenTheAddressIsNot(String address) {
		assertThat(WebAddress.isUsable(address)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "https://user:pw@h:1/a@b,https://h:1/a@b", "https://u@p@h,https://h", "//user:pw@h/x,//h/x",
			"https://h/a@b,https://h/a@b", "https://h?x=a//u@b,https://h?x=a//u@b", "user:pw@h,user:pw@h" })
	void whenAnAddressHasAUserThenItIsLeftOut(String address, String rest) {
		assertThat(WebAddress.withoutUser(address)).isEqualTo(rest);
	}

	@ParameterizedTest
	@CsvSource({ "token-url,https://idp.example.com:65536/token", "token-url,https://idp.example.com:0/token",
			"token-url,https://id_p/token", "token-url,ftp://idp.example.com/token", "token-url,token",
			"token-url,//idp.example.com/token", "issuer,https://idp.example.com:99999", "issuer,ftp://idp.example.com",
			"issuer,https://id_p" })
	void whenAConfiguredAddressIsNotUsableThenTheStartupStops(String property, String address) {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfig.builder().clientCredentials("id", "s3cret").apply((properties) -> {
				if (property.equals("issuer")) {
					properties.property("flyte.credentials.issuer", address);
				}
				else {
					properties.property("flyte.credentials.token-url", address);
				}
			}).build())
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo("flyte.credentials." + property);
				assertThat(ex.getReason()).contains("'" + address + "'");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://flyte.example.com:65536/console", "ftp://flyte.example.com", "https://fly_te" })
	void whenTheConsoleIsAtNoUsableAddressThenTheStartupStops(String address) {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfig.builder().property("flyte.platform.console-endpoint", address).build())
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.platform.console-endpoint"));
	}

}
