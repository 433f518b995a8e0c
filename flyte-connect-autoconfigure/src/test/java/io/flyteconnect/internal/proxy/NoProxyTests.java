package io.flyteconnect.internal.proxy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NoProxy}, by the rules of Go's {@code httpproxy}.
 */
class NoProxyTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# entries                        | host                  | port | matches
			example.com                      | example.com           | 443  | true
			example.com                      | flyte.example.com     | 443  | true
			example.com                      | badexample.com        | 443  | false
			example.com                      | example.com.evil.org  | 443  | false
			EXAMPLE.com                      | Flyte.Example.COM     | 443  | true
			.example.com                     | flyte.example.com     | 443  | true
			.example.com                     | example.com           | 443  | false
			*.example.com                    | flyte.example.com     | 443  | true
			*.example.com                    | example.com           | 443  | false
			example.com:8443                 | example.com           | 8443 | true
			example.com:8443                 | a.example.com         | 8443 | true
			example.com:8443                 | example.com           | 443  | false
			example.com:                     | example.com           | 443  | true
			*                                | anything.org          | 443  | true
			*                                | 10.0.0.1              | 443  | true
			a.org, example.com ,b.org        | example.com           | 443  | true
			a.org example.com b.org          | example.com           | 443  | true
			a.org,,                          | example.com           | 443  | false
			''                               | example.com           | 443  | false
			.                                | example.com           | 443  | false
			:443                             | example.com           | 443  | false
			10.1.2.3                         | 10.1.2.3              | 443  | true
			10.1.2.3                         | 10.1.2.4              | 443  | false
			10.1.2.3:80                      | 10.1.2.3              | 80   | true
			10.1.2.3:80                      | 10.1.2.3              | 443  | false
			10.0.0.0/8                       | 10.200.1.1            | 443  | true
			10.0.0.0/8                       | 11.0.0.1              | 443  | false
			10.0.0.0/8                       | ten.example.com       | 443  | false
			192.168.4.0/22                   | 192.168.7.255         | 443  | true
			192.168.4.0/22                   | 192.168.8.0           | 443  | false
			10.1.2.3/32                      | 10.1.2.3              | 443  | true
			0.0.0.0/0                        | 203.0.113.9           | 443  | true
			0.0.0.0/0                        | 2001:db8::1           | 443  | false
			10.0.0.0/33                      | 10.0.0.1              | 443  | false
			10.0.0.0/x                       | 10.0.0.1              | 443  | false
			2001:db8::1                      | 2001:db8:0:0:0:0:0:1  | 443  | true
			[2001:db8::1]:8443               | 2001:db8::1           | 8443 | true
			[2001:db8::1]:8443               | 2001:db8::1           | 443  | false
			2001:db8::/32                    | 2001:db8:ffff::1      | 443  | true
			2001:db8::/32                    | 2001:db9::1           | 443  | false
			::ffff:10.1.2.3                  | 10.1.2.3              | 443  | true
			::ffff:10.0.0.0/104              | 10.9.9.9              | 443  | true
			""")
	void whenEntriesAreReadThenHostMatchesAsInGo(String entries, String host, int port, boolean matches) {
		assertThat(NoProxy.of(entries).matches(host, port)).isEqualTo(matches);
	}

	@Test
	void whenThereIsNoVariableThenNothingMatches() {
		assertThat(NoProxy.of(null).matches("example.com", 443)).isFalse();
	}

}
