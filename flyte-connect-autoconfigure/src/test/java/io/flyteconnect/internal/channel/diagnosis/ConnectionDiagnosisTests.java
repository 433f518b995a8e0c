package io.flyteconnect.internal.channel.diagnosis;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

import javax.net.ssl.SSLException;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.channel.RecordingServer;
import io.flyteconnect.internal.channel.RecordingServer.Answer;
import io.flyteconnect.internal.channel.TestConnection;
import io.flyteconnect.internal.tls.TrustMaterial;
import io.flyteconnect.testsupport.FreePorts;
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
	@CsvSource(delimiter = '|', textBlock = """
			404 | UNIMPLEMENTED     | the wrong port, or an ingress that does not pass gRPC on (flyte.platform.url)
			200 | UNKNOWN           | the wrong port, or an ingress that does not pass gRPC on (flyte.platform.url)
			401 | UNAUTHENTICATED   | a login in front of Flyte wants a token of its own
			403 | PERMISSION_DENIED | a gateway in front of Flyte does not let the call through
			429 | UNAVAILABLE       | takes no more calls for the moment
			464 | UNKNOWN           | a load balancer whose target group does not speak gRPC
			500 | UNKNOWN           | a gateway in front of Flyte failed
			502 | UNAVAILABLE       | a gateway is there, but behind it no Flyte Admin that answers
			503 | UNAVAILABLE       | a gateway is there, but behind it no Flyte Admin that answers
			504 | UNAVAILABLE       | a gateway is there, but behind it no Flyte Admin that answers
			521 | UNKNOWN           | a gateway is there, but behind it no Flyte Admin that answers
			""")
	void whenIngressAnswersHtmlThenDescriptionSaysByStatusWhatItMeans(int http, Code code, String meaning) {
		WireMockServer ingress = new WireMockServer(wireMockConfig().dynamicPort());
		ingress.start();
		try {
			ingress.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(http)
				.withHeader("Content-Type", "text/html")
				.withHeader("Set-Cookie", "session=abc123")
				.withBody("<html>nothing here</html>")));
			Status status = read(ingress.port(), null);
			assertThat(status.getCode()).isEqualTo(code);
			assertThat(status.getDescription())
				.startsWith("localhost:" + ingress.port() + " answered HTTP " + http + ", not gRPC: ")
				.contains(meaning, "HTTP status code " + http, "text/html")
				.doesNotContain("abc123", "<html>");
		}
		finally {
			ingress.stop();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					302 | https://accounts.example.com/login?client=abc123 | sends its callers to a page of accounts.example.com.
					303 | /oauth2/start?rd=abc123                          | sends its callers to a page. Name a command
					307 | https://login.example.com/                       | flyte.credentials.proxy-command
					308 | https://localhost/                               | flyte.platform.insecure should be false
					301 | no%zz                                            | a login in front of Flyte
					""")
	void whenGatewayRedirectsThenDescriptionSaysWhereTo(int http, String location, String meaning) {
		WireMockServer gateway = new WireMockServer(wireMockConfig().dynamicPort());
		gateway.start();
		try {
			gateway.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(http)
				.withHeader("Content-Type", "text/html")
				.withHeader("Location", location)
				.withBody("<html>over there</html>")));
			Status status = read(gateway.port(), null);
			assertThat(status.getCode()).isEqualTo((http == 308) ? Code.UNKNOWN : Code.UNAUTHENTICATED);
			assertThat(status.getDescription())
				.startsWith("localhost:" + gateway.port() + " answered HTTP " + http + ", not gRPC: ")
				.contains(meaning)
				.doesNotContain("abc123", "the wrong port");
		}
		finally {
			gateway.stop();
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
			assertThat(status.getDescription()).contains("does not speak TLS", "flyte.platform.insecure=true")
				.endsWith(": it answers in plaintext");
			assertThat(status.getCause()).isNotNull();
		}
	}

	@Test
	void whenTlsMeetsAPortThatKeepsSilentThenDescriptionSaysSo() {
		Status status = Status.UNAVAILABLE.withDescription("io exception")
			.withCause(new SslHandshakeTimeoutException("handshake timed out after 10000ms"));
		Status explained = ConnectionDiagnosis.explain(status, failed(false));
		assertThat(explained.getDescription()).startsWith("flyte:81 did not finish the TLS handshake in time")
			.doesNotContain("does not speak TLS")
			.endsWith("10000ms");
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
	void whenPlaintextIsAnsweredByATlsAlertThenDescriptionSaysSo() throws Exception {
		byte[] alert = { 0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x50 };
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
			Thread server = new Thread(() -> {
				try (Socket client = socket.accept()) {
					client.getOutputStream().write(alert);
					client.getOutputStream().flush();
					client.getInputStream().transferTo(OutputStream.nullOutputStream());
				}
				catch (IOException ex) {
					// The client went away.
				}
			});
			server.start();
			Status status = read(socket.getLocalPort(), null);
			server.join();
			assertThat(status.getDescription()).startsWith("localhost:" + socket.getLocalPort() + " speaks TLS")
				.contains("flyte.platform.insecure should be false")
				.doesNotContain("1503");
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
		int port = FreePorts.reserve();
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
			assertThat(status.getDescription())
				.contains("through the proxy",
						"the proxy does not accept the user and password of flyte.platform.http-proxy-url (status 407)",
						"http://user:password@host:port")
				.doesNotContain("wrong-password");
		}
	}

	@Test
	void whenNobodyListensAtTheProxyThenTheProxyIsBlamed() throws Exception {
		int port = FreePorts.reserve();
		try (TestConnection connection = TestConnection.to("admin.flyte.test", 443)) {
			connection.proxy = new HttpProxy("localhost", port, "flyte", "the-password");
			connection.maxRetries = 0;
			Status status = connection.statusOfRead();
			assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(status.getDescription()).startsWith("admin.flyte.test:443 cannot be reached")
				.contains("where the proxy should be", "flyte.platform.http-proxy-url", "localhost:" + port)
				.doesNotContain("the-password");
		}
	}

	@Test
	void whenServerWantsAClientCertificateThenDescriptionNamesTheProperty() {
		try (RecordingServer server = RecordingServer.start((builder) -> builder.sslContext(mutualTls()))) {
			Status status = read(server.port(), trusting());
			assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(status.getDescription()).startsWith("localhost:" + server.port())
				.contains("asks for a client certificate", "flyte.platform.ssl-bundle");
		}
	}

	@Test
	void whenTheFailureIsOneOfOursThenItsDescriptionStays() {
		Status status = Status.UNAVAILABLE.withDescription("Login failed")
			.withCause(new InvalidFlyteConfigurationException("flyte.credentials.token-url", null, "It is wrong.",
					"Correct it.", new ConnectException("Connection refused")));
		assertThat(ConnectionDiagnosis.explain(status, failed(true))).isSameAs(status);
	}

	@Test
	void whenEncryptedConnectionEndsWithoutAReasonThenTlsIsNotBlamed() {
		Status status = Status.UNAVAILABLE.withDescription("Network closed for unknown reason");
		assertThat(ConnectionDiagnosis.explain(status, failed(false))).isSameAs(status);
		assertThat(ConnectionDiagnosis.explain(status, failed(true)).getDescription()).contains("speaks TLS");
	}

	@Test
	void whenServerItselfFailsThenDescriptionStays() {
		try (RecordingServer server = RecordingServer.start()) {
			server.answer(Answer.of(Status.NOT_FOUND.withDescription("no such project")));
			assertThat(read(server.port(), null).getDescription()).isEqualTo("no such project");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "propeller: java.net.ConnectException: Connection refused",
			"Network closed for unknown reason", "the catalog: Unable to resolve host db.internal",
			"Connection reset by peer", "upstream: HTTP status code 502\ninvalid content-type: text/html",
			"rpc error: First received frame was not SETTINGS", "io.netty.handler.proxy.ProxyConnectException: 407",
			"the database was_still_waiting", "NotSslRecordException of the blob store" })
	void whenFlyteSaysWhatItsOwnConnectionsLackThenOursIsNotBlamed(String text) {
		for (Status said : List.of(Status.UNAVAILABLE.withDescription(text), Status.INTERNAL.withDescription(text),
				Status.DEADLINE_EXCEEDED.withDescription(text))) {
			try (RecordingServer server = RecordingServer.start()) {
				server.answer(Answer.of(said), Answer.of(said).afterHeaders());
				assertThat(read(server.port(), null)).as("trailers alone").satisfies((status) -> same(status, said));
				assertThat(read(server.port(), null)).as("after headers").satisfies((status) -> same(status, said));
			}
		}
	}

	private static void same(Status status, Status said) {
		assertThat(status.getCode()).isEqualTo(said.getCode());
		assertThat(status.getDescription()).isEqualTo(said.getDescription());
	}

	@Test
	void whenAnExceptionIsNamedInATextWithoutACauseThenItIsNoSymptom() {
		Status status = Status.UNAVAILABLE.withDescription("propeller: java.net.ConnectException: Connection refused");
		assertThat(ConnectionDiagnosis.explain(status, failed(true))).isSameAs(status);
	}

	private static FailedConnection failed(boolean plaintext) {
		TrustMaterial trust = TrustMaterial.of("default", TLS, null);
		return new FailedConnection(new Endpoint("flyte:81", "dns:///flyte:81", "flyte", 81), plaintext, null, null,
				trust::explain);
	}

	private RecordingServer tlsServer() {
		return RecordingServer
			.start((builder) -> builder.useTransportSecurity(this.certificates.serverCertificateFile().toFile(),
					this.certificates.serverKeyFile().toFile()));
	}

	private SslContext mutualTls() {
		try {
			return GrpcSslContexts
				.forServer(this.certificates.serverCertificateFile().toFile(),
						this.certificates.serverKeyFile().toFile())
				.trustManager(this.certificates.caFile().toFile())
				.clientAuth(ClientAuth.REQUIRE)
				.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private TlsSettings trusting() {
		return new TlsSettings(false, false, this.certificates.caFile(), null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nforged", "a\u0085forged", "a\u2028forged", "a\u009b31mforged", "a\u202eforged" })
	void whenServerSaysMoreThanOneLineThenOneLineIsQuoted(String text) {
		assertThat(StatusText.firstLine(Status.UNKNOWN.withDescription(text + "x".repeat(10_000))))
			.matches("a (31m)?forgedx+\\.\\.\\.")
			.hasSizeLessThan(310);
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
