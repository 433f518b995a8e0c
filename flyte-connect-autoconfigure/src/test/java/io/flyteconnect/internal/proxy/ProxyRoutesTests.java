package io.flyteconnect.internal.proxy;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.grpc.HttpConnectProxiedSocketAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.testsupport.JvmProxies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ProxyRoutes}. They change what all of the JVM sees.
 */
@Isolated
class ProxyRoutesTests {

	private static final HttpProxy CONFIGURED = new HttpProxy("configured.example", 3128, "user", "pass");

	private static final HttpProxySettings NONE = new HttpProxySettings(null, HttpProxyScope.ALL);

	private static final HttpProxySettings ALL = new HttpProxySettings(CONFIGURED, HttpProxyScope.ALL);

	private static final HttpProxySettings OAUTH = new HttpProxySettings(CONFIGURED, HttpProxyScope.OAUTH);

	private final Map<String, String> environment = new HashMap<>();

	@AfterEach
	void clear() {
		JvmProxies.clear();
	}

	@Test
	void whenNothingIsSetThenThereIsNoProxy() {
		assertThat(grpc(NONE, "flyte.example.com")).isNull();
		assertThat(http(NONE, "https://idp.example.com/token")).isNull();
		assertThat(http(NONE, "http://idp.example.com/token")).isNull();
	}

	@Test
	void whenProxyIsConfiguredThenBothPlanesTakeItToEveryHost() {
		for (String host : new String[] { "flyte.example.com", "localhost", "127.0.0.1", "[::1]", "10.0.0.1" }) {
			assertThat(grpc(ALL, host)).as(host).isEqualTo(CONFIGURED);
			assertThat(http(ALL, "https://" + host + "/token")).as(host).isEqualTo(CONFIGURED);
			assertThat(http(ALL, "http://" + host + "/token")).as(host).isEqualTo(CONFIGURED);
		}
	}

	@Test
	void whenProxyIsConfiguredThenItWinsOverJvmAndEnvironment() {
		JvmProxies.set("https.proxyHost", "jvm.example");
		this.environment.put("HTTPS_PROXY", "http://environment.example:1");
		assertThat(grpc(ALL, "flyte.example.com")).isEqualTo(CONFIGURED);
		assertThat(http(ALL, "https://idp.example.com/token")).isEqualTo(CONFIGURED);
	}

	@Test
	void whenScopeIsOauthThenOnlyHttpTakesTheConfiguredProxy() {
		assertThat(grpc(OAUTH, "flyte.example.com")).isNull();
		assertThat(http(OAUTH, "https://idp.example.com/token")).isEqualTo(CONFIGURED);
		this.environment.put("HTTPS_PROXY", "http://environment.example:1");
		assertThat(grpc(OAUTH, "flyte.example.com")).isEqualTo(new HttpProxy("environment.example", 1, null, null));
		assertThat(http(OAUTH, "https://idp.example.com/token")).isEqualTo(CONFIGURED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "NO_PROXY", "no_proxy" })
	void whenNoProxyExceptsServerThenEveryProxyIsPassedOver(String variable) {
		this.environment.put(variable, "flyte.example.com,idp.example.com:8443");
		this.environment.put("HTTPS_PROXY", "http://environment.example:1");
		assertThat(grpc(ALL, "flyte.example.com")).isNull();
		assertThat(grpc(NONE, "flyte.example.com")).isNull();
		assertThat(http(ALL, "https://idp.example.com:8443/token")).isNull();
		assertThat(http(ALL, "https://idp.example.com/token")).isEqualTo(CONFIGURED);
		JvmProxies.set("https.proxyHost", "jvm.example");
		assertThat(grpc(NONE, "flyte.example.com")).isNull();
	}

	@Test
	void whenUriHasNoPortThenNoProxySeesThatOfTheScheme() {
		this.environment.put("NO_PROXY", "secure.example.com:443,plain.example.com:80");
		assertThat(http(ALL, "https://secure.example.com/")).isNull();
		assertThat(http(ALL, "http://secure.example.com/")).isEqualTo(CONFIGURED);
		assertThat(http(ALL, "http://plain.example.com/")).isNull();
		assertThat(http(ALL, "https://plain.example.com/")).isEqualTo(CONFIGURED);
	}

	@Test
	void whenNonProxyHostsExceptsServerThenEveryProxyIsPassedOver() {
		JvmProxies.set("http.nonProxyHosts", "*.example.com|[2001:db8::1]");
		this.environment.put("HTTPS_PROXY", "http://environment.example:1");
		assertThat(grpc(ALL, "flyte.example.com")).isNull();
		assertThat(grpc(ALL, "2001:db8::1")).isNull();
		assertThat(grpc(ALL, "localhost")).isEqualTo(CONFIGURED);
		assertThat(grpc(NONE, "flyte.example.com")).isNull();
		assertThat(grpc(NONE, "flyte.example.org")).isNotNull();
		JvmProxies.set("https.proxyHost", "jvm.example");
		assertThat(grpc(NONE, "flyte.example.com")).isNull();
		assertThat(grpc(NONE, "flyte.example.org")).isNotNull();
	}

	@Test
	void whenJvmNamesProxiesThenEachSchemeTakesItsOwn() {
		JvmProxies.set("https.proxyHost", "secure.example");
		JvmProxies.set("https.proxyPort", "8443");
		JvmProxies.set("http.proxyHost", "plain.example");
		this.environment.put("HTTPS_PROXY", "http://environment.example:1");
		assertThat(grpc(NONE, "flyte.example.com")).isEqualTo(new HttpProxy("secure.example", 8443, null, null));
		assertThat(http(NONE, "https://idp.example.com/")).isEqualTo(new HttpProxy("secure.example", 8443, null, null));
		assertThat(http(NONE, "http://idp.example.com/")).isEqualTo(new HttpProxy("plain.example", 80, null, null));
		JvmProxies.set("https.proxyPort", null);
		assertThat(grpc(NONE, "flyte.example.com")).isEqualTo(new HttpProxy("secure.example", 443, null, null));
	}

	@Test
	void whenProxyIsTheJvmsThenLoopbackIsReachedDirectly() {
		JvmProxies.set("https.proxyHost", "secure.example");
		assertThat(grpc(NONE, "localhost")).isNull();
		assertThat(grpc(NONE, "127.0.0.1")).isNull();
		assertThat(grpc(NONE, "[::1]")).isNull();
		JvmProxies.set("http.nonProxyHosts", "");
		assertThat(grpc(NONE, "localhost")).isNotNull();
	}

	@Test
	void whenSystemPropertyChangesThenNextCallSeesIt() {
		ProxyRoutes routes = ProxyRoutes.of(NONE, Map.of());
		assertThat(routes.routeForGrpc("flyte.example.com", 443)).isNull();
		JvmProxies.set("https.proxyHost", "late.example");
		assertThat(routes.routeForGrpc("flyte.example.com", 443)).isNotNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			# patterns                 ; host              ; matches
			*.example.com              ; flyte.example.com ; true
			*.example.com              ; example.com       ; false
			10.*                       ; 10.2.3.4          ; true
			10.*                       ; 110.2.3.4         ; false
			a.org|flyte.*|b.org        ; flyte.example.com ; true
			a.org | example.com        ; EXAMPLE.com       ; true
			example.com                ; exampleXcom       ; false
			[2001:db8::1]              ; 2001:db8::1       ; true
			f*e.example.com            ; flyte.example.com ; true
			''                         ; example.com       ; false
			|                          ; example.com       ; false
			""")
	void whenPatternsAreReadThenHostMatchesAsInTheJvm(String patterns, String host, boolean matches) {
		JvmProxies.set("http.nonProxyHosts", patterns);
		assertThat(grpc(ALL, host)).isEqualTo(matches ? null : CONFIGURED);
	}

	@Timeout(60)
	@ParameterizedTest
	@CsvSource({ "*a*a*a*a*a*ac,false", "*a*a*a*a*a*a,true", "*a*a*b*a*a*,false", "**aa***a**,true", "a*a*a*ca,false",
			"*a*a*a*a*a*a*a*a*a*a*a*ac*|*aa*,true" })
	void whenPatternHasManyStarsThenALongHostIsMatchedWithoutTryingEachWay(String patterns, boolean matches) {
		JvmProxies.set("http.nonProxyHosts", patterns);
		assertThat(grpc(ALL, "a".repeat(5000))).isEqualTo(matches ? null : CONFIGURED);
	}

	@Test
	void whenProxyIsTheJvmsThenLoopbackIsExceptedUnlessPatternsAreEmpty() {
		JvmProxies.set("https.proxyHost", "secure.example");
		for (String host : new String[] { "localhost", "127.0.0.1", "127.8.8.8", "::1", "0.0.0.0" }) {
			JvmProxies.set("http.nonProxyHosts", null);
			assertThat(grpc(NONE, host)).as(host).isNull();
			assertThat(grpc(ALL, host)).as(host).isEqualTo(CONFIGURED);
			JvmProxies.set("http.nonProxyHosts", "a.org");
			assertThat(grpc(NONE, host)).as(host).isNull();
			JvmProxies.set("http.nonProxyHosts", "");
			assertThat(grpc(NONE, host)).as(host).isNotNull();
		}
	}

	@Test
	void whenApplicationHasASelectorThenItNamesTheProxyOfEachServer() {
		InetSocketAddress address = InetSocketAddress.createUnresolved("selected.example", 3128);
		List<URI> asked = new ArrayList<>();
		JvmProxies.install(selector((uri) -> {
			asked.add(uri);
			return uri.getHost().endsWith(".org") ? List.of(Proxy.NO_PROXY)
					: List.of(new Proxy(Proxy.Type.SOCKS, address), new Proxy(Proxy.Type.HTTP, address));
		}));
		HttpProxy selected = new HttpProxy("selected.example", 3128, null, null);
		assertThat(grpc(NONE, "flyte.example.com")).isEqualTo(selected);
		assertThat(grpc(OAUTH, "2001:db8::1")).isEqualTo(selected);
		assertThat(grpc(NONE, "localhost")).as("what the application says").isEqualTo(selected);
		assertThat(http(NONE, "http://idp.example.com/token?code=hidden")).isEqualTo(selected);
		assertThat(http(NONE, "https://idp.example.com/token")).isEqualTo(selected);
		assertThat(asked).extracting(URI::toString)
			.containsExactly("https://flyte.example.com:443/", "https://[2001:db8::1]:443/", "https://localhost:443/",
					"http://idp.example.com:80/", "https://idp.example.com:443/");
		assertThat(grpc(ALL, "flyte.example.com")).isEqualTo(CONFIGURED);
		this.environment.put("HTTPS_PROXY", "http://environment.example:1");
		assertThat(grpc(NONE, "flyte.example.com")).isEqualTo(selected);
		assertThat(grpc(NONE, "flyte.example.org")).as("it names none")
			.isEqualTo(new HttpProxy("environment.example", 1, null, null));
		this.environment.put("NO_PROXY", "flyte.example.com");
		assertThat(grpc(NONE, "flyte.example.com")).isNull();
	}

	@Test
	void whenApplicationHasNoSelectorThenTheEnvironmentCounts() {
		JvmProxies.install(null);
		assertThat(grpc(NONE, "flyte.example.com")).isNull();
		this.environment.put("HTTPS_PROXY", "http://environment.example:1");
		assertThat(grpc(NONE, "flyte.example.com")).isEqualTo(new HttpProxy("environment.example", 1, null, null));
	}

	@Test
	void whenSelectedProxyWantsAUserThenItsOriginAndThePropertiesAreNamed() {
		JvmProxies.install(selector((uri) -> List
			.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("selected.example", 3128)))));
		ProxyRoute route = Objects.requireNonNull(routes(NONE).routeForGrpc("flyte.example.com", 443));
		assertThat(route.namedBy()).isEqualTo("java.net.ProxySelector");
		assertThat(route.refused(null)).contains("none is set: set the system properties https.proxyUser and");
		JvmProxies.set("https.proxyUser", "someone");
		JvmProxies.set("https.proxyPassword", "hidden");
		assertThat(grpc(NONE, "flyte.example.com"))
			.isEqualTo(new HttpProxy("selected.example", 3128, "someone", "hidden"));
	}

	@Test
	void whenSelectorFailsThenErrorNamesItAndCallsDoNotHang() {
		JvmProxies.install(selector((uri) -> {
			throw new IllegalStateException("broken");
		}));
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> grpc(NONE, "flyte.example.com"))
			.withMessageContaining("The application's java.net.ProxySelector fails for the host 'flyte.example.com'")
			.withStackTraceContaining("broken");
		assertThatIOException()
			.isThrownBy(() -> detect(NONE, InetSocketAddress.createUnresolved("admin.flyte.test", 443)))
			.withMessageContaining("java.net.ProxySelector fails");
	}

	@Test
	void whenApplicationHasAnAuthenticatorThenItNamesTheUserOfTheJvmsProxy() {
		JvmProxies.set("https.proxyHost", "secure.example");
		Authenticator.setDefault(new Authenticator() {
			@Override
			protected @Nullable PasswordAuthentication getPasswordAuthentication() {
				return (getRequestorType() == RequestorType.PROXY && "secure.example".equals(getRequestingHost()))
						? new PasswordAuthentication("someone", "secret".toCharArray()) : null;
			}
		});
		try {
			assertThat(grpc(NONE, "flyte.example.com"))
				.isEqualTo(new HttpProxy("secure.example", 443, "someone", "secret"));
		}
		finally {
			Authenticator.setDefault(null);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			https | someone | p:@ss w\u00f6rd | p:@ss w\u00f6rd
			https | someone | -               | -
			http  | someone | secret          | secret
			""")
	void whenSystemPropertiesNameAUserThenTheJvmsProxyGetsIt(String scheme, String user, @Nullable String password,
			@Nullable String expected) {
		JvmProxies.set(scheme + ".proxyHost", "proxy.example");
		JvmProxies.set(scheme + ".proxyPort", "3128");
		JvmProxies.set(scheme + ".proxyUser", user);
		JvmProxies.set(scheme + ".proxyPassword", password);
		HttpProxy proxy = new HttpProxy("proxy.example", 3128, user, expected);
		assertThat(http(NONE, scheme + "://idp.example.com/")).isEqualTo(proxy);
		assertThat(grpc(NONE, "flyte.example.com")).isEqualTo(scheme.equals("https") ? proxy : null);
		assertThat(proxy.toString()).doesNotContain("someone", "ss w");
	}

	@Test
	void whenUserIsNamedTwiceThenThatOfTheUrlCountsThenThatOfThePropertiesThenTheAuthenticators() {
		JvmProxies.set("https.proxyUser", "of-the-jvm");
		JvmProxies.set("https.proxyPassword", "jvm-secret");
		this.environment.put("HTTPS_PROXY", "http://of-the-url:url-secret@proxy.example:3128");
		Authenticator.setDefault(new Authenticator() {
			@Override
			protected PasswordAuthentication getPasswordAuthentication() {
				return new PasswordAuthentication("of-the-application", "application-secret".toCharArray());
			}
		});
		try {
			assertThat(grpc(NONE, "flyte.example.com"))
				.isEqualTo(new HttpProxy("proxy.example", 3128, "of-the-url", "url-secret"));
			this.environment.put("HTTPS_PROXY", "http://proxy.example:3128");
			assertThat(grpc(NONE, "flyte.example.com"))
				.isEqualTo(new HttpProxy("proxy.example", 3128, "of-the-jvm", "jvm-secret"));
			JvmProxies.set("https.proxyUser", " ");
			assertThat(grpc(NONE, "flyte.example.com"))
				.isEqualTo(new HttpProxy("proxy.example", 3128, "of-the-application", "application-secret"));
		}
		finally {
			Authenticator.setDefault(null);
		}
	}

	@Test
	void whenSystemPropertiesNameAnotherProxyThenTheirPasswordIsNotShownToThisOne() {
		JvmProxies.set("https.proxyHost", "jvm.example");
		JvmProxies.set("https.proxyUser", "of-the-jvm");
		JvmProxies.set("https.proxyPassword", "jvm-secret");
		HttpProxySettings other = new HttpProxySettings(new HttpProxy("other.example", 3128, null, null),
				HttpProxyScope.ALL);
		assertThat(grpc(other, "flyte.example.com")).isEqualTo(new HttpProxy("other.example", 3128, null, null));
		assertThat(grpc(NONE, "flyte.example.com"))
			.isEqualTo(new HttpProxy("jvm.example", 443, "of-the-jvm", "jvm-secret"));
	}

	@ParameterizedTest
	@CsvSource({ "HTTP_PROXY, names the proxy of plain http:", "http_proxy, names the proxy of plain http:",
			"ALL_PROXY, is set but not read", "all_proxy, is set but not read", "grpc_proxy, is set but not read" })
	void whenOnlyAnotherVariableNamesAProxyThenTheHintNamesItWithoutItsValue(String variable, String text) {
		this.environment.put(variable, "http://user:hidden@proxy.example:3128");
		assertThat(routes(NONE).hint("flyte.example.com", 443)).contains("environment variable " + variable)
			.contains(text.replace("set but", "set, but"))
			.contains("HTTPS_PROXY", "flyte.platform.http-proxy-url")
			.doesNotContain("hidden", "proxy.example");
		assertThat(routes(NONE).hint("localhost", 443)).isNull();
		assertThat(routes(ALL).hint("flyte.example.com", 443)).isNull();
		this.environment.put("https_proxy", "http://proxy.example:3128");
		assertThat(routes(NONE).hint("flyte.example.com", 443)).isNull();
	}

	@Test
	void whenOtherSettingsKeepTheProxyAwayThenTheHintNamesThem() {
		assertThat(routes(NONE).hint("flyte.example.com", 443)).isNull();
		JvmProxies.set("http.proxyHost", "proxy.example");
		assertThat(routes(NONE).hint("flyte.example.com", 443)).contains("system property http.proxyHost",
				"https.proxyHost");
		assertThat(routes(OAUTH).hint("flyte.example.com", 443)).contains("flyte.platform.http-proxy-scope=oauth");
		this.environment.put("NO_PROXY", "*.example.com");
		this.environment.put("HTTPS_PROXY", "http://proxy.example:3128");
		assertThat(routes(NONE).hint("flyte.example.com", 443)).contains("NO_PROXY excepts this host");
		this.environment.remove("NO_PROXY");
		JvmProxies.set("http.nonProxyHosts", "*.example.com");
		assertThat(routes(NONE).hint("flyte.example.com", 443)).contains("http.nonProxyHosts excepts this host");
	}

	@Test
	void whenJvmsPortIsNoneThenErrorNamesTheProperty() {
		JvmProxies.set("https.proxyHost", "secure.example");
		JvmProxies.set("https.proxyPort", "many");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> grpc(NONE, "flyte.example.com"))
			.withMessageContaining("https.proxyPort")
			.withMessageContaining("many");
	}

	@Test
	void whenEnvironmentNamesProxiesThenCapitalsComeFirst() {
		this.environment.put("https_proxy", "http://small.example:1");
		this.environment.put("http_proxy", "http://plain-small.example:2");
		assertThat(grpc(NONE, "flyte.example.com")).isEqualTo(new HttpProxy("small.example", 1, null, null));
		assertThat(http(NONE, "http://idp.example.com/"))
			.isEqualTo(new HttpProxy("plain-small.example", 2, null, null));
		this.environment.put("HTTPS_PROXY", "http://capital.example:3");
		this.environment.put("HTTP_PROXY", "http://plain-capital.example:4");
		assertThat(grpc(NONE, "flyte.example.com")).isEqualTo(new HttpProxy("capital.example", 3, null, null));
		assertThat(http(NONE, "http://idp.example.com/"))
			.isEqualTo(new HttpProxy("plain-capital.example", 4, null, null));
	}

	@Test
	void whenProxyIsTheEnvironmentsThenLoopbackIsReachedDirectly() {
		this.environment.put("HTTPS_PROXY", "http://environment.example:1");
		for (String host : new String[] { "localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]", "::1" }) {
			assertThat(grpc(NONE, host)).as(host).isNull();
		}
		assertThat(grpc(NONE, "admin.flyte.test")).isNotNull();
	}

	@Test
	void whenRunningUnderCgiThenHttpProxyIsPassedOver() {
		this.environment.put("HTTP_PROXY", "http://header.example:1");
		this.environment.put("HTTPS_PROXY", "http://environment.example:1");
		this.environment.put("REQUEST_METHOD", "GET");
		assertThat(http(NONE, "http://idp.example.com/")).isNull();
		assertThat(http(NONE, "https://idp.example.com/")).isNotNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			http://proxy.example:3128               | proxy.example | 3128 | -    | -
			HTTP://proxy.example:3128/              | proxy.example | 3128 | -    | -
			proxy.example:3128                      | proxy.example | 3128 | -    | -
			proxy.example                           | proxy.example | 80   | -    | -
			http://proxy.example:                   | proxy.example | 80   | -    | -
			http://user:pass@proxy.example:3128     | proxy.example | 3128 | user | pass
			user:pass@proxy.example                 | proxy.example | 80   | user | pass
			http://user@proxy.example:3128          | proxy.example | 3128 | user | -
			http://us%3Aer:p%40ss%2F%25@proxy:3128  | proxy         | 3128 | us:er | p@ss/%
			http://user:p@ss@proxy:3128             | proxy         | 3128 | user | p@ss
			http://user:p+ss@proxy:3128             | proxy         | 3128 | user | p+ss
			http://[2001:db8::1]:3128               | 2001:db8::1   | 3128 | -    | -
			[2001:db8::1]                           | 2001:db8::1   | 80   | -    | -
			http://my_proxy:3128/path?query         | my_proxy      | 3128 | -    | -
			""")
	void whenVariableIsReadThenEachPartIsFound(String value, String host, int port, @Nullable String username,
			@Nullable String password) {
		this.environment.put("HTTPS_PROXY", " " + value + " ");
		assertThat(grpc(NONE, "flyte.example.com")).isEqualTo(new HttpProxy(host, port, username, password));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			socks5://user:hidden@proxy:1080    | scheme 'socks5'
			https://user:hidden@proxy:443      | scheme 'https'
			http://user:hidden@                | no host
			http://user:hidden@proxy:0         | no port
			http://user:hidden@proxy:65536     | no port
			http://user:hidden@proxy:port      | no port
			http://user:hidden%zz@proxy:3128   | '%'
			http://user:hidden@2001:db8::1     | without brackets
			""")
	void whenVariableCannotBeReadThenErrorNamesItWithoutItsValue(String value, String problem) {
		this.environment.put("https_proxy", value);
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> grpc(NONE, "flyte.example.com"))
			.withNoCause()
			.satisfies((ex) -> {
				assertThat(ex.getOrigin()).isEqualTo("environment variable https_proxy");
				assertThat(ex.getReason()).contains("https_proxy").contains(problem).doesNotContain("hidden");
				assertThat(ex.getAction()).contains("NO_PROXY").contains("flyte.platform.http-proxy-url");
			});
		this.environment.put("NO_PROXY", "flyte.example.com");
		assertThat(grpc(NONE, "flyte.example.com")).isNull();
	}

	@Test
	void whenProxyIsTakenThenDetectorTunnelsToTheNameAsItIs() throws Exception {
		HttpProxySettings settings = new HttpProxySettings(new HttpProxy("127.0.0.1", 3128, "user", "pass"),
				HttpProxyScope.ALL);
		InetSocketAddress target = InetSocketAddress.createUnresolved("admin.flyte.test", 443);
		HttpConnectProxiedSocketAddress proxied = Objects.requireNonNull(detect(settings, target));
		assertThat(proxied.getTargetAddress()).isEqualTo(target);
		assertThat(proxied.getTargetAddress().isUnresolved()).isTrue();
		assertThat(proxied.getProxyAddress()).isEqualTo(new InetSocketAddress("127.0.0.1", 3128));
		assertThat(proxied.getUsername()).isEqualTo("user");
		assertThat(proxied.getPassword()).isEqualTo("pass");
	}

	@Test
	void whenServerIsExceptedOrNoSocketThenDetectorFindsNothing() throws Exception {
		this.environment.put("NO_PROXY", "admin.flyte.test");
		assertThat(detect(ALL, InetSocketAddress.createUnresolved("admin.flyte.test", 443))).isNull();
		assertThat(detect(ALL, new SocketAddress() {
		})).isNull();
	}

	@Test
	void whenProxyIsUnknownThenDetectorSaysSoWithoutPassword() {
		HttpProxySettings settings = new HttpProxySettings(new HttpProxy("no-such-host.invalid", 3128, "u", "hidden"),
				HttpProxyScope.ALL);
		assertThatIOException()
			.isThrownBy(() -> detect(settings, InetSocketAddress.createUnresolved("admin.flyte.test", 443)))
			.withMessage("The host name of the proxy http://******@no-such-host.invalid:3128 is unknown");
	}

	private static ProxySelector selector(Function<URI, List<Proxy>> answer) {
		return new ProxySelector() {
			@Override
			public List<Proxy> select(URI uri) {
				return answer.apply(uri);
			}

			@Override
			public void connectFailed(URI uri, SocketAddress address, IOException failure) {
			}
		};
	}

	private @Nullable HttpConnectProxiedSocketAddress detect(HttpProxySettings settings, SocketAddress target)
			throws Exception {
		return (HttpConnectProxiedSocketAddress) routes(settings).proxyDetector().proxyFor(target);
	}

	private @Nullable HttpProxy grpc(HttpProxySettings settings, String host) {
		ProxyRoute route = routes(settings).routeForGrpc(host, 443);
		return (route != null) ? route.proxy() : null;
	}

	private @Nullable HttpProxy http(HttpProxySettings settings, String uri) {
		ProxyRoute route = routes(settings).routeForHttp(URI.create(uri));
		return (route != null) ? route.proxy() : null;
	}

	private ProxyRoutes routes(HttpProxySettings settings) {
		return ProxyRoutes.of(settings, this.environment);
	}

}
