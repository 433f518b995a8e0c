package io.flyteconnect.internal.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.http.HttpExchangeException.Failure;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.tls.TrustMaterial;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.JvmProxies;
import io.flyteconnect.testsupport.TestCertificates;
import io.flyteconnect.testsupport.TestProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlyteHttpClient} through a forward proxy.
 */
@Isolated
class FlyteHttpClientProxyTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private TestCertificates certificates;

	@BeforeEach
	void makeCertificates(@TempDir Path directory) {
		this.certificates = TestCertificates.in(directory);
	}

	@AfterEach
	void clear() {
		JvmProxies.clear();
	}

	@Test
	void whenUrlIsHttpsThenPasswordOpensTunnelToNameThatOnlyTheProxyKnows() throws Exception {
		try (RawServer server = encryptedServer();
				TestProxy proxy = TestProxy.start("user", "p@ss:w\u00f6rd");
				FlyteHttpClient client = trusting(new HttpProxy("127.0.0.1", proxy.port(), "user", "p@ss:w\u00f6rd"))) {
			assertThat(TestClients.get(client, server.uri("idp.flyte.test", "/token"))).isEqualTo("ok");
			assertThat(proxy.requests()).containsExactly("CONNECT idp.flyte.test:" + server.port());
			assertThat(server.requests().get(0)).startsWith("GET /token HTTP/1.1")
				.doesNotContainIgnoringCase("proxy-authorization");
		}
	}

	@Test
	void whenUrlIsHttpsThenServersOwnProxyAuthorizationGoesToTheServerOnly() throws Exception {
		try (RawServer server = encryptedServer();
				TestProxy proxy = TestProxy.start("user", "pass");
				FlyteHttpClient client = trusting(TestClients.setting(proxy))) {
			getWithProxyAuthorization(client, server.uri("idp.flyte.test", "/token"));
			assertThat(server.header("Proxy-Authorization")).isEqualTo("Bearer iap-token");
			assertThat(proxy.heads()).singleElement().asString().contains("Basic").doesNotContain("iap-token");
		}
	}

	@Test
	void whenProxyAsksNothingThenNoUserIsSent() throws Exception {
		try (RawServer server = encryptedServer();
				TestProxy proxy = TestProxy.start();
				FlyteHttpClient client = trusting(TestClients.setting(proxy))) {
			assertThat(TestClients.get(client, server.uri("idp.flyte.test", "/"))).isEqualTo("ok");
			assertThat(proxy.heads()).singleElement().asString().doesNotContainIgnoringCase("authorization");
		}
	}

	@Test
	void whenPasswordIsWrongThenErrorNamesThePropertyWithoutIt() throws Exception {
		try (RawServer encrypted = encryptedServer();
				RawServer plain = RawServer.answering(OK);
				TestProxy proxy = TestProxy.start("user", "pass")) {
			for (RawServer server : new RawServer[] { encrypted, plain }) {
				try (FlyteHttpClient client = trusting(new HttpProxy("127.0.0.1", proxy.port(), "user", "hidden"))) {
					URI uri = server.uri("idp.flyte.test", "/token");
					TestClients.assertFails(Failure.PROXY, () -> TestClients.get(client, uri))
						.extracting(Throwable::getMessage)
						.isEqualTo("GET " + uri + " through the proxy http://******@127.0.0.1:" + proxy.port()
								+ ": the proxy does not accept the user and password of flyte.platform.http-proxy-url"
								+ " (status 407): set them in flyte.platform.http-proxy-url as"
								+ " http://user:password@host:port, percent-encoded");
					assertThat(server.requests()).isEmpty();
				}
			}
		}
	}

	@Test
	void whenPasswordWasRefusedThenItIsNotShownAgainAtOnce() throws Exception {
		try (RawServer encrypted = encryptedServer();
				RawServer plain = RawServer.answering(OK);
				TestProxy proxy = TestProxy.start("user", "pass");
				FlyteHttpClient client = trusting(new HttpProxy("127.0.0.1", proxy.port(), "user", "hidden"))) {
			for (int i = 0; i < 5; i++) {
				RawServer server = (i % 2 == 0) ? encrypted : plain;
				TestClients
					.assertFails(Failure.PROXY, () -> TestClients.get(client, server.uri("idp.flyte.test", "/token")))
					.extracting(Throwable::getMessage)
					.asString()
					.contains("(status 407)")
					.doesNotContain("hidden");
			}
			assertThat(proxy.requests()).hasSize(1);
		}
	}

	@Test
	void whenProxyOffersOnlyOtherWaysThenErrorSaysThatUserAndPasswordAreNone() throws Exception {
		try (RawServer server = encryptedServer();
				TestProxy proxy = TestProxy.start();
				FlyteHttpClient client = trusting(new HttpProxy("127.0.0.1", proxy.port(), "user", "hidden"))) {
			proxy.answerWith("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\n"
					+ "Proxy-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n");
			TestClients.assertFails(Failure.PROXY, () -> TestClients.get(client, server.uri("idp.flyte.test", "/")))
				.extracting(Throwable::getMessage)
				.asString()
				.contains("(status 407)", "not by user and password (Basic)");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			jvm-user | wrong | the proxy does not accept the user and password of the system properties https.proxyUser
			jvm-user | -     | the proxy does not accept the user without a password of the system properties
			-        | right | asks for a user and password (status 407), and none is set: set the system properties
			""")
	void whenUserOfTheJvmIsRefusedThenErrorNamesItsProperties(@Nullable String user, @Nullable String password,
			String text) throws Exception {
		try (RawServer server = encryptedServer(); TestProxy proxy = TestProxy.start("jvm-user", "right")) {
			try (FlyteHttpClient client = jvm(proxy, user, password)) {
				TestClients.assertFails(Failure.PROXY, () -> TestClients.get(client, server.uri("idp.flyte.test", "/")))
					.extracting(Throwable::getMessage)
					.asString()
					.contains(text, "https.proxyUser and https.proxyPassword", "flyte.platform.http-proxy-url");
			}
			try (FlyteHttpClient client = jvm(proxy, "jvm-user", "right")) {
				assertThat(TestClients.get(client, server.uri("idp.flyte.test", "/"))).isEqualTo("ok");
			}
		}
	}

	private FlyteHttpClient jvm(TestProxy proxy, @Nullable String user, @Nullable String password) {
		JvmProxies.set("https.proxyHost", "127.0.0.1");
		JvmProxies.set("https.proxyPort", String.valueOf(proxy.port()));
		JvmProxies.set("https.proxyUser", user);
		JvmProxies.set("https.proxyPassword", password);
		ProxyRoutes routes = ProxyRoutes.of(new HttpProxySettings(null, HttpProxyScope.ALL), Map.of());
		return new FlyteHttpClient("test", trust(), routes, Duration.ofSeconds(20), Duration.ofSeconds(60),
				DataSize.ofMegabytes(1));
	}

	@Test
	void whenApplicationHasASelectorThenItsProxyIsTaken() throws Exception {
		try (RawServer server = encryptedServer(); TestProxy proxy = TestProxy.start()) {
			JvmProxies.install(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())));
			try (FlyteHttpClient client = trusting(null)) {
				assertThat(TestClients.get(client, server.uri("idp.flyte.test", "/"))).isEqualTo("ok");
				assertThat(proxy.requests()).hasSize(1);
			}
		}
	}

	@Test
	void whenPasswordIsMissingThenErrorNamesTheProperty() throws Exception {
		try (RawServer server = encryptedServer();
				TestProxy proxy = TestProxy.start("user", "pass");
				FlyteHttpClient client = trusting(new HttpProxy("127.0.0.1", proxy.port(), null, null))) {
			TestClients.assertFails(Failure.PROXY, () -> TestClients.get(client, server.uri("idp.flyte.test", "/")))
				.extracting(Throwable::getMessage)
				.asString()
				.contains("the proxy asks for a user and password (status 407), and none is set")
				.contains("flyte.platform.http-proxy-url");
		}
	}

	@Test
	void whenUrlIsHttpThenProxyGetsAbsoluteFormAndPassword() throws Exception {
		try (RawServer server = RawServer.answering(OK);
				TestProxy proxy = TestProxy.start("user", "pass");
				FlyteHttpClient client = trusting(TestClients.setting(proxy))) {
			URI uri = server.uri("idp.flyte.test", "/token?a=b");
			assertThat(TestClients.get(client, uri)).isEqualTo("ok");
			assertThat(proxy.requests()).containsExactly("GET " + uri);
			assertThat(proxy.heads().get(0))
				.contains("Basic " + Base64.getEncoder().encodeToString("user:pass".getBytes(StandardCharsets.UTF_8)));
			assertThat(server.requests().get(0)).startsWith("GET /token?a=b HTTP/1.1");
			assertThat(server.header("Host")).isEqualTo("idp.flyte.test:" + server.port());
		}
	}

	@Test
	void whenUrlIsHttpAndProxyHasUserThenItReplacesProxyAuthorizationOfTheCaller() throws Exception {
		try (RawServer server = RawServer.answering(OK);
				TestProxy proxy = TestProxy.start("user", "pass");
				FlyteHttpClient client = trusting(TestClients.setting(proxy))) {
			getWithProxyAuthorization(client, server.uri("idp.flyte.test", "/"));
			assertThat(proxy.heads().get(0)).contains("Basic ").doesNotContain("iap-token");
		}
	}

	@Test
	void whenProxyRefusesTheServerThenErrorNamesStatus() throws Exception {
		try (RawServer server = encryptedServer();
				TestProxy proxy = TestProxy.start();
				FlyteHttpClient client = trusting(TestClients.setting(proxy))) {
			proxy.answerWith("HTTP/1.1 403 Forbidden\r\nX-Reason: hidden\r\nContent-Length: 6\r\n\r\nhidden");
			TestClients.assertFails(Failure.PROXY, () -> TestClients.get(client, server.uri("idp.flyte.test", "/")))
				.satisfies((ex) -> assertThat(ex).hasNoCause())
				.extracting(Throwable::getMessage)
				.asString()
				.contains("the proxy refuses to connect to the server (status 403)")
				.contains("NO_PROXY")
				.doesNotContain("hidden");
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void whenProxyIsNoneThenErrorSaysSo() throws Exception {
		try (RawServer server = encryptedServer();
				TestProxy proxy = TestProxy.start();
				FlyteHttpClient client = trusting(TestClients.setting(proxy))) {
			for (String answer : new String[] { "", "hidden garbage\r\n\r\n" }) {
				proxy.answerWith(answer);
				TestClients.assertFails(Failure.PROXY, () -> TestClients.get(client, server.uri("idp.flyte.test", "/")))
					.extracting(Throwable::getMessage)
					.asString()
					.endsWith("the proxy ended the connection or does not answer as an HTTP proxy");
			}
		}
	}

	@Test
	void whenProxyIsSilentThenTotalTimeEndsTheRequest() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				FlyteHttpClient client = TestClients.client("test", trust(),
						new HttpProxy("127.0.0.1", silent.getLocalPort(), null, null), Duration.ofMillis(500),
						DataSize.ofMegabytes(1))) {
			TestClients.assertFails(Failure.TIMEOUT,
					() -> TestClients.get(client, URI.create("https://idp.flyte.test/token")));
		}
	}

	@Test
	void whenNobodyListensAtTheProxyThenErrorNamesTheProxy() throws Exception {
		int port = FreePorts.reserve();
		for (String scheme : new String[] { "http", "https" }) {
			try (FlyteHttpClient client = trusting(new HttpProxy("127.0.0.1", port, "user", "hidden"))) {
				TestClients
					.assertFails(Failure.CONNECT,
							() -> TestClients.get(client, URI.create(scheme + "://idp.flyte.test/token")))
					.extracting(Throwable::getMessage)
					.asString()
					.contains("/token through the proxy http://******@127.0.0.1:" + port
							+ ": cannot connect to the proxy (Connection refused")
					.doesNotContain("hidden");
			}
		}
	}

	@Test
	void whenProxyIsUnknownThenErrorNamesIt() throws Exception {
		try (FlyteHttpClient client = trusting(new HttpProxy("no-such-host.invalid", 3128, null, null))) {
			TestClients
				.assertFails(Failure.CONNECT, () -> TestClients.get(client, URI.create("https://idp.flyte.test/")))
				.extracting(Throwable::getMessage)
				.asString()
				.endsWith("the host name 'no-such-host.invalid' of the proxy is unknown");
		}
	}

	@Test
	void whenServerBehindTheTunnelIsNotTrustedThenItIsNotTheProxysFault() throws Exception {
		try (RawServer server = encryptedServer();
				TestProxy proxy = TestProxy.start();
				FlyteHttpClient client = TestClients.client(TestClients.JVM_TRUST, TestClients.setting(proxy))) {
			TestClients.assertFails(Failure.TLS, () -> TestClients.get(client, server.uri("idp.flyte.test", "/")))
				.extracting(Throwable::getMessage)
				.asString()
				.contains("flyte.platform.ca-cert-file-path");
		}
	}

	@Test
	void whenServerIsExceptedThenItIsReachedDirectly() throws Exception {
		try (RawServer server = encryptedServer(); TestProxy proxy = TestProxy.start()) {
			ProxyRoutes routes = ProxyRoutes.of(new HttpProxySettings(TestClients.setting(proxy), HttpProxyScope.ALL),
					Map.of("NO_PROXY", "127.0.0.1"));
			try (FlyteHttpClient client = new FlyteHttpClient("test", trust(), routes, Duration.ofSeconds(20),
					Duration.ofSeconds(60), DataSize.ofMegabytes(1))) {
				assertThat(TestClients.get(client, server.uri("127.0.0.1", "/"))).isEqualTo("ok");
				assertThat(proxy.requests()).isEmpty();
				assertThat(TestClients.get(client, server.uri("localhost", "/"))).isEqualTo("ok");
				assertThat(proxy.requests()).hasSize(1);
			}
		}
	}

	private RawServer encryptedServer() {
		return RawServer.encrypted(this.certificates.serverContext(), false, OK);
	}

	private TrustMaterial trust() {
		return TrustMaterial.of("test", new TlsSettings(false, false, this.certificates.caFile(), null), null);
	}

	private FlyteHttpClient trusting(@Nullable HttpProxy proxy) {
		return TestClients.client(TestClients.trusting(this.certificates.caFile()), proxy);
	}

	private static void getWithProxyAuthorization(FlyteHttpClient client, URI uri) throws Exception {
		ClientHttpRequest request = client.createRequest(uri, HttpMethod.GET);
		request.getHeaders().set("Proxy-Authorization", "Bearer iap-token");
		try (ClientHttpResponse response = request.execute()) {
			assertThat(response.getStatusCode().value()).isEqualTo(200);
		}
	}

}
