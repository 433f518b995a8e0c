package io.flyteconnect.testsupport;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the test support by another client than ours.
 */
class TestSupportTests {

	@Test
	void whenTrustingTheCaThenServerIsReachedThroughTunnel(@TempDir Path directory) throws Exception {
		TestCertificates certificates = TestCertificates.in(directory);
		HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, 2);
			exchange.getResponseBody().write("ok".getBytes());
			exchange.close();
		});
		server.start();
		SSLContext trust = SSLContext.getInstance("TLS");
		trust.init(null, certificates.ca().toTrustManagerFactory().getTrustManagers(), null);
		try (TestProxy proxy = TestProxy.start()) {
			HttpClient client = HttpClient.newBuilder()
				.sslContext(trust)
				.proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())))
				.build();
			URI uri = URI.create("https://idp.flyte.test:" + server.getAddress().getPort() + "/");
			HttpResponse<String> response = client.send(HttpRequest.newBuilder(uri).build(),
					HttpResponse.BodyHandlers.ofString());
			assertThat(response.body()).isEqualTo("ok");
			assertThat(proxy.requests()).containsExactly("CONNECT idp.flyte.test:" + uri.getPort());
		}
		finally {
			server.stop(0);
		}
	}

}
