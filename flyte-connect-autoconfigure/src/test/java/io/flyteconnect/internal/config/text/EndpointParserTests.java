package io.flyteconnect.internal.config.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.Endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EndpointParserTests {

	@ParameterizedTest
	@CsvSource({ "flyte.example.com,flyte.example.com,443", "flyte.example.com:81,flyte.example.com,81",
			"'  flyte.example.com\t',flyte.example.com,443", "dns:///flyte.example.com,flyte.example.com,443",
			"DNS:///flyte.example.com:81,flyte.example.com,81", "dns:flyte.example.com:81,flyte.example.com,81",
			"https://flyte.example.com,flyte.example.com,443", "https://flyte.example.com:8443/,flyte.example.com,8443",
			"10.0.0.1:81,10.0.0.1,81", "dns:443,dns,443", "flyte.,flyte.,443" })
	void whenHostThenTargetIsDns(String text, String host, int port) {
		Endpoint endpoint = EndpointParser.parse(text, false);
		assertThat(endpoint.host()).isEqualTo(host);
		assertThat(endpoint.port()).isEqualTo(port);
		assertThat(endpoint.target()).isEqualTo("dns:///" + host + ":" + port);
		assertThat(endpoint.text()).doesNotContain("//").startsWith(host);
	}

	@ParameterizedTest
	@CsvSource({ "[::1]:30080,%5B::1%5D:30080", "[::1],%5B::1%5D:443", "https://[::1]:1,%5B::1%5D:1",
			"https://[2001:db8::1]/,%5B2001:db8::1%5D:443", "dns:///[::1]:8089,%5B::1%5D:8089",
			"dns:///%5B::1%5D:8089,%5B::1%5D:8089", "dns:[::1]:8089,%5B::1%5D:8089",
			"[fe80::1%eth0]:1,%5Bfe80::1%25eth0%5D:1", "[::ffff:10.0.0.1]:81,%5B::ffff:10.0.0.1%5D:81",
			"ipv6:[::1]:81,%5B::1%5D:81", "ipv6:::1,%5B::1%5D:443", "ipv6:%5B::1%5D:81,%5B::1%5D:81",
			"[fe80::1%25eth0]:1,%5Bfe80::1%25eth0%5D:1", "https://[fe80::1%25eth0]:1,%5Bfe80::1%25eth0%5D:1",
			"ipv6:[fe80::1%25lo],%5Bfe80::1%25lo%5D:443", "[fe80::1%25]:1,%5Bfe80::1%2525%5D:1",
			"[fe80::1%2525]:1,%5Bfe80::1%2525%5D:1", "[fe80::1%2]:1,%5Bfe80::1%252%5D:1",
			"ipv4:///10.0.0.1:81,10.0.0.1:81", "IPV4:10.0.0.1,10.0.0.1:443", "ipv6:///[::1]:81,%5B::1%5D:81",
			"ipv6:///::1,%5B::1%5D:443", "ipv6:///%5B::1%5D:81,%5B::1%5D:81", "DNS:flyte:81,flyte:81",
			"ipv4:10.0.0.1:81,10.0.0.1:81", "ipv4:10.0.0.1,10.0.0.1:443",
			"b\u00fccher.example:81,xn--bcher-kva.example:81", "\uff11\uff12.example,12.example:443" })
	void whenAddressOrNameHasAnotherFormThenTargetIsOneThatGrpcTakes(String text, String target) {
		assertThat(EndpointParser.parse(text, false).target()).isEqualTo("dns:///" + target);
	}

	@Test
	void whenInsecureThenPortIs80AndHttpIsAccepted() {
		assertThat(EndpointParser.parse("flyte", true).port()).isEqualTo(80);
		assertThat(EndpointParser.parse("http://flyte/", true).target()).isEqualTo("dns:///flyte:80");
	}

	@ParameterizedTest
	@ValueSource(strings = { "unix:/run/flyte.sock", "unix:///run/flyte.sock", "xds:///flyte", "dns://8.8.8.8/flyte:81",
			"kubernetes:///flyte" })
	void whenOtherNameResolverThenPassedThrough(String text) {
		Endpoint endpoint = EndpointParser.parse(text, false);
		assertThat(endpoint.target()).isEqualTo(text);
		assertThat(endpoint.host()).isNull();
		assertThat(endpoint.port()).isEqualTo(-1);
	}

	@ParameterizedTest
	@CsvSource({ "UNIX:/run/flyte.sock,unix:/run/flyte.sock", "Unix:///run/Flyte.sock,unix:///run/Flyte.sock",
			"XDS:Flyte,xds:Flyte", "DNS://8.8.8.8/flyte:81,dns://8.8.8.8/flyte:81" })
	void whenSchemeIsInCapitalsThenItIsTheSame(String text, String target) {
		assertThat(EndpointParser.parse(text, false).target()).isEqualTo(target);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "'' | empty", "'  ' | empty", "host/path | no path",
			"https://host/path | no path", "a:1,b:2 | not a list", "https://user:pw@host | no user or password",
			"host:port | is no port", "host:0 | is no port", "host:65536 | is no port", "host: | is no port",
			"::1 | as in '[::1]:8089'", "'a b' | is no host name", "${X} | is no host name", "dns:/// | neither",
			"http://host | insecure is false", "flyte_admin:81 | underscore", "_grpc.host | underscore",
			"127.1 | four numbers", "127.1:80 | four numbers", "256.1.1.1 | four numbers", "1.2.3 | four numbers",
			"1.2.3.4.5 | four numbers", "10.0.0.1.:80 | four numbers", "host.123:1 | is no host name",
			"a.1b | is no host name", "-host | is no host name", "host- | is no host name", "host..x | is no host name",
			".host | is no host name", "[::g]:1 | is no IPv6 address", "[1.2.3.4]:1 | is no IPv6 address",
			"[v1.x]:1 | is no IPv6 address", "[::1%]:1 | is no IPv6 address",
			"ipv4:10.0.0.1:81,10.0.0.2:81 | not a list", "dns://8.8.8.8/ | neither", "dns://flyte:81 | three slashes",
			"unix://host/x | unix:///path", "2130706433:81 | four numbers", "30080 | four numbers",
			"dns:2130706433:81 | four numbers", "https://00127 | four numbers", "ipv4:1:81 | four numbers",
			"0. | four numbers", "grpc://h:81 | leave out 'grpc://'", "GRPCS://h | leave out 'grpcs://'",
			"tcp://h:81 | leave out 'tcp://'", "h2c://h | leave out 'h2c://'", "wss://h/ | leave out 'wss://'",
			"vsock:1:2 | knows no addresses of 'vsock:'", "vsock://1:2 | knows no addresses of 'vsock:'",
			"unix-abstract:x | a socket by 'unix:path'", "Unix-Abstract:///x | a socket by 'unix:path'",
			"ipv4://10.0.0.1 | 'ipv4:///address'", "ipv6://[::1]:81 | 'ipv6:///address'" })
	void whenItMeansNoEndpointThenRefused(String text, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> EndpointParser.parse(text, false))
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "unix:a b", "unix:a%zz", "unix:\0", "unix:a\0b", "unix:a%00b", "unix:a\nb",
			"unix:///tmp/a b", "unix:///a%zz", "unix:///a%", "unix:///a\nb", "unix:#f", "unix:a#f", "unix:///a?b",
			"xds:a b", "xds:///a%zz", "xds:///a\\b", "kubernetes:///a b", "kubernetes:///{a}" })
	void whenItIsNoUriThenRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> EndpointParser.parse(text, false))
			.withMessageContaining("a blank is written %20");
	}

	@ParameterizedTest
	@ValueSource(strings = { "unix:a%20b", "unix:///tmp/a%20b", "unix:///tmp/100%25", "unix:///tmp/a%3Fb%23c",
			"unix:///tmp/b\u00fccher", "xds:///flyte?a=b" })
	void whenItIsAUriThenItStaysAsItIs(String text) {
		assertThat(EndpointParser.parse(text, false).target()).isEqualTo(text);
	}

	@Test
	void whenHttpsAndInsecureThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> EndpointParser.parse("https://host", true))
			.withMessageContaining("insecure is true");
	}

}
