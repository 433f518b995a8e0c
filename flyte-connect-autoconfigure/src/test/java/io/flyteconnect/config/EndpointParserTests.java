package io.flyteconnect.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EndpointParserTests {

	@ParameterizedTest
	@CsvSource({ "flyte.example.com,flyte.example.com,443", "flyte.example.com:81,flyte.example.com,81",
			"'  flyte.example.com\t',flyte.example.com,443", "dns:///flyte.example.com,flyte.example.com,443",
			"DNS:///flyte.example.com:81,flyte.example.com,81", "dns:flyte.example.com:81,flyte.example.com,81",
			"https://flyte.example.com,flyte.example.com,443", "https://flyte.example.com:8443/,flyte.example.com,8443",
			"10.0.0.1:81,10.0.0.1,81", "[::1]:30080,[::1],30080", "[::1],[::1],443", "dns:443,dns,443",
			"my_service.flyte:81,my_service.flyte,81" })
	void whenHostThenTargetIsDns(String text, String host, int port) {
		Endpoint endpoint = EndpointParser.parse(text, false);
		assertThat(endpoint.host()).isEqualTo(host);
		assertThat(endpoint.port()).isEqualTo(port);
		assertThat(endpoint.target()).isEqualTo("dns:///" + host + ":" + port);
		assertThat(endpoint.text()).doesNotContain("//").startsWith(host);
	}

	@Test
	void whenInsecureThenPortIs80AndHttpIsAccepted() {
		assertThat(EndpointParser.parse("flyte", true).port()).isEqualTo(80);
		assertThat(EndpointParser.parse("http://flyte/", true).target()).isEqualTo("dns:///flyte:80");
	}

	@ParameterizedTest
	@ValueSource(strings = { "unix:/run/flyte.sock", "unix:///run/flyte.sock", "ipv4:10.0.0.1:81", "xds:///flyte",
			"dns://8.8.8.8/flyte:81", "kubernetes:///flyte" })
	void whenOtherNameResolverThenPassedThrough(String text) {
		Endpoint endpoint = EndpointParser.parse(text, false);
		assertThat(endpoint.target()).isEqualTo(text);
		assertThat(endpoint.host()).isNull();
		assertThat(endpoint.port()).isEqualTo(-1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "'' | empty", "'  ' | empty", "host/path | no path", "https://host/path | no path",
					"a:1,b:2 | not a list", "https://user:pw@host | no user or password", "host:port | is no port",
					"host:0 | is no port", "host:65536 | is no port", "host: | is no port", "::1 | needs brackets",
					"'a b' | is no host name", "${X} | is no host name", "dns:/// | neither",
					"http://host | insecure is false" })
	void whenItMeansNoEndpointThenRefused(String text, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> EndpointParser.parse(text, false))
			.withMessageContaining(reason);
	}

	@Test
	void whenHttpsAndInsecureThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> EndpointParser.parse("https://host", true))
			.withMessageContaining("insecure is true");
	}

}
