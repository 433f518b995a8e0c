package io.flyteconnect.internal.config.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

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

}
