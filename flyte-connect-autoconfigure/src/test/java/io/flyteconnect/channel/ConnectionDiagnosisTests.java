package io.flyteconnect.channel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.flyteconnect.channel.RecordingServer.Answer;
import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.HttpProxy;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.testsupport.TestCertificates;
import io.flyteconnect.testsupport.TestProxy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a person reads when a connection does not work, for each way in which it may not.
 */
class ConnectionDiagnosisTests {

	private static final TlsSettings TLS = new TlsSettings(false, false, null, null);

	private final TestCertificates certificates;

	ConnectionDiagnosisTests(@TempDir Path directory) {
		this.certificates = TestCertificates.in(directory);
	}

	@ParameterizedTest
	@CsvSource({ "404, UNIMPLEMENTED", "401, UNAUTHENTICATED", "403, PERMISSION_DENIED", "503, UNAVAILABLE",
			"500, UNKNOWN", "200, UNKNOWN" })
	void whenIngressAnswersHtmlThenDescriptionSaysSo(int http, Code code) {
		WireMockServer ingress = new WireMockServer(wireMockConfig().dynamicPort());
		ingress.start();
		try {
			ingress.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(http)
				.withHeader("Content-Type", "text/html")
				.withHeader("Set-Cookie", "session=abc123")
				.withBody("<html>nothing here</html>")));
			Status status = read(ingress.port(), null);
			assertThat(status.getCode()).isEqualTo(code);
			assertThat(status.getDescription()).startsWith("localhost:" + ingress.port() + " answered HTTP, not gRPC")
				.contains("flyte.platform.url", "HTTP status code " + http, "text/html")
				.doesNotContain("abc123", "<html>");
		}
		finally {
			ingress.stop();
		}
	}

	@Test
	void whenServerSpeaksHttp1ThenDescriptionSaysSo() throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		server.start();
		try {
			Status status = read(server.getAddress().getPort(), null);
			assertThat(status.getDescription()).startsWith("localhost:" + server.getAddress().getPort())
				.contains("does not speak HTTP/2");
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void whenTlsServerSpeaksHttp1ThenDescriptionSaysSo() throws Exception {
		HttpsServer server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(this.certificates.serverContext()));
		server.start();
		try {
			Status status = read(server.getAddress().getPort(), trusting());
			assertThat(status.getDescription()).contains("does not speak HTTP/2");
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void whenTlsMeetsAPlaintextPortThenDescriptionSaysSo() {
		try (RecordingServer server = RecordingServer.start()) {
			Status status = read(server.port(), TLS);
			assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(status.getDescription()).contains("does not speak TLS", "flyte.platform.insecure=true");
			assertThat(status.getCause()).isNotNull();
		}
	}

	@Test
	void whenTlsMeetsAPortThatKeepsSilentThenDescriptionSaysSo() {
		Status status = Status.UNAVAILABLE.withDescription("io exception")
			.withCause(new SslHandshakeTimeoutException("handshake timed out after 10000ms"));
		Status explained = ConnectionDiagnosis.explain(status, new Endpoint("flyte:81", "dns:///flyte:81", "flyte", 81),
				false);
		assertThat(explained.getDescription()).startsWith("flyte:81 does not speak TLS").endsWith("10000ms");
		assertThat(explained.getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(explained.getCause()).isSameAs(status.getCause());
	}

	@Test
	void whenPlaintextMeetsATlsPortThenDescriptionSaysSo() {
		try (RecordingServer server = tlsServer()) {
			Status status = read(server.port(), null);
			assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(status.getDescription()).contains("flyte.platform.insecure");
		}
	}

	@Test
	void whenPlaintextMeetsAnHttpsPortThenDescriptionSaysSo() throws Exception {
		HttpsServer server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(this.certificates.serverContext()));
		server.start();
		try {
			assertThat(read(server.getAddress().getPort(), null).getDescription()).contains("flyte.platform.insecure");
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void whenCertificateIsNotTrustedThenDescriptionNamesTheProperties() {
		try (RecordingServer server = tlsServer()) {
			Status status = read(server.port(), TLS);
			assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(status.getDescription()).contains("is not trusted", "flyte.platform.ca-cert-file-path",
					"flyte.platform.ssl-bundle");
		}
	}

	@Test
	void whenCertificateIsForAnotherHostThenDescriptionSaysSo() throws Exception {
		HttpsServer server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(this.certificates.serverContext("other.flyte.test")));
		server.start();
		try {
			assertThat(read(server.getAddress().getPort(), trusting()).getDescription())
				.contains("certificate for another host name");
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void whenNobodyListensThenReadFailsQuicklyAndSaysWhere() throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
			port = socket.getLocalPort();
		}
		Status status = read(port, null);
		assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(status.getDescription()).startsWith("localhost:" + port + " cannot be reached")
			.contains("Connection refused");
	}

	@Test
	void whenHostIsUnknownThenDescriptionSaysSo() {
		try (TestConnection connection = TestConnection.to("admin.flyte.invalid", 443)) {
			connection.maxRetries = 0;
			Status status = connection.statusOfRead();
			assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(status.getDescription()).startsWith("admin.flyte.invalid:443 is not a known host name");
		}
	}

	@Test
	void whenProxyRefusesThePasswordThenDescriptionNamesItAndNotThePassword() {
		try (TestProxy proxy = TestProxy.start("flyte", "right");
				TestConnection connection = TestConnection.to("admin.flyte.test", 443)) {
			connection.proxy = new HttpProxy("localhost", proxy.port(), "flyte", "wrong-password");
			connection.maxRetries = 0;
			Status status = connection.statusOfRead();
			assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(status.getDescription()).contains("through the proxy", "flyte.platform.http-proxy-url")
				.doesNotContain("wrong-password");
		}
	}

	@Test
	void whenEncryptedConnectionEndsWithoutAReasonThenTlsIsNotBlamed() {
		Status status = Status.UNAVAILABLE.withDescription("Network closed for unknown reason");
		Endpoint endpoint = new Endpoint("flyte:443", "dns:///flyte:443", "flyte", 443);
		assertThat(ConnectionDiagnosis.explain(status, endpoint, false)).isSameAs(status);
		assertThat(ConnectionDiagnosis.explain(status, endpoint, true).getDescription()).contains("speaks TLS");
	}

	@Test
	void whenServerItselfFailsThenDescriptionStays() {
		try (RecordingServer server = RecordingServer.start()) {
			server.answer(Answer.of(Status.NOT_FOUND.withDescription("no such project")));
			assertThat(read(server.port(), null).getDescription()).isEqualTo("no such project");
		}
	}

	private RecordingServer tlsServer() {
		return RecordingServer
			.start((builder) -> builder.useTransportSecurity(this.certificates.serverCertificateFile().toFile(),
					this.certificates.serverKeyFile().toFile()));
	}

	private TlsSettings trusting() {
		return new TlsSettings(false, false, this.certificates.caFile(), null);
	}

	private static Status read(int port, @Nullable TlsSettings tls) {
		try (TestConnection connection = TestConnection.to(port)) {
			if (tls != null) {
				connection.tls = tls;
			}
			connection.maxRetries = 0;
			return connection.statusOfRead();
		}
	}

}
