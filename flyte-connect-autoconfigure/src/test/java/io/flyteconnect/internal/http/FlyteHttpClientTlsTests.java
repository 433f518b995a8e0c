package io.flyteconnect.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.http.HttpExchangeException.Failure;
import io.flyteconnect.internal.tls.TrustMaterial;
import io.flyteconnect.testsupport.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link FlyteHttpClient} with TLS.
 */
class FlyteHttpClientTlsTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private static final TlsSettings BUNDLE = new TlsSettings(false, false, null, "mine");

	private Path directory;

	private TestCertificates certificates;

	@BeforeEach
	void makeCertificates(@TempDir Path directory) {
		this.directory = directory;
		this.certificates = TestCertificates.in(directory);
	}

	@Test
	void whenCaIsInFileThenServerIsTrustedByNameAndAddress() throws Exception {
		try (RawServer server = RawServer.encrypted(this.certificates.serverContext(), false, OK);
				FlyteHttpClient client = TestClients.client(TestClients.trusting(this.certificates.caFile()), null)) {
			assertThat(TestClients.get(client, server.uri("/"))).isEqualTo("ok");
			assertThat(TestClients.get(client, server.uri("127.0.0.1", "/"))).isEqualTo("ok");
			assertThat(TestClients.get(client, server.uri("[::ffff:127.0.0.1]", "/"))).isEqualTo("ok");
		}
	}

	@Test
	void whenCaIsSecondInFileThenServerIsTrusted() throws Exception {
		Path both = this.directory.resolve("both.pem");
		Files.writeString(both, "# one\n" + Files.readString(this.certificates.otherCaFile()) + "\n# two\n"
				+ Files.readString(this.certificates.caFile()));
		try (RawServer server = RawServer.encrypted(this.certificates.serverContext(), false, OK);
				FlyteHttpClient client = TestClients.client(TestClients.trusting(both), null)) {
			assertThat(TestClients.get(client, server.uri("/"))).isEqualTo("ok");
		}
	}

	@Test
	void whenFileHoldsTheServersOwnCertificateThenItIsTrusted() throws Exception {
		try (RawServer server = RawServer.encrypted(this.certificates.serverContext(), false, OK);
				FlyteHttpClient client = TestClients
					.client(TestClients.trusting(this.certificates.serverCertificateFile()), null)) {
			assertThat(TestClients.get(client, server.uri("/"))).isEqualTo("ok");
		}
	}

	@Test
	void whenCaIsNotTrustedThenErrorNamesTheProperty() throws Exception {
		try (RawServer server = RawServer.encrypted(this.certificates.serverContext(), false, OK)) {
			for (TlsSettings tls : new TlsSettings[] { TestClients.JVM_TRUST,
					TestClients.trusting(this.certificates.otherCaFile()) }) {
				try (FlyteHttpClient client = TestClients.client(tls, null)) {
					assertUntrusted(client, server.uri("/token?a=b"), "/token");
				}
			}
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void whenHostNameIsNotInCertificateThenErrorNamesIt() throws Exception {
		try (RawServer server = RawServer.encrypted(this.certificates.serverContext("other.flyte.test"), false, OK);
				FlyteHttpClient client = TestClients.client(TestClients.trusting(this.certificates.caFile()), null)) {
			TestClients.assertFails(Failure.TLS, () -> TestClients.get(client, server.uri("/")))
				.extracting(Throwable::getMessage)
				.asString()
				.contains("the server has a certificate for another host name (it is for other.flyte.test)")
				.contains("localhost");
			TestClients.assertFails(Failure.TLS, () -> TestClients.get(client, server.uri("127.0.0.1", "/")));
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void whenCertificateHasExpiredThenErrorSaysSo() throws Exception {
		try (RawServer server = RawServer.encrypted(this.certificates.expiredServerContext(), false, OK);
				FlyteHttpClient client = TestClients.client(TestClients.trusting(this.certificates.caFile()), null)) {
			TestClients.assertFails(Failure.TLS, () -> TestClients.get(client, server.uri("/")))
				.extracting(Throwable::getMessage)
				.asString()
				.contains("the server has a certificate that has expired on ")
				.doesNotContain("ca-cert-file-path");
		}
	}

	@Test
	void whenVerificationIsSkippedThenAnyCertificateAndNameWillDo() throws Exception {
		TlsSettings skip = new TlsSettings(false, true, null, null);
		try (RawServer untrusted = RawServer.encrypted(this.certificates.serverContext(), false, OK);
				RawServer otherName = RawServer.encrypted(this.certificates.serverContext("other.test"), false, OK);
				RawServer expired = RawServer.encrypted(this.certificates.expiredServerContext(), false, OK);
				FlyteHttpClient client = TestClients.client(skip, null)) {
			assertThat(TestClients.get(client, untrusted.uri("/"))).isEqualTo("ok");
			assertThat(TestClients.get(client, otherName.uri("/"))).isEqualTo("ok");
			assertThat(TestClients.get(client, expired.uri("/"))).isEqualTo("ok");
		}
	}

	@Test
	void whenEndpointIsPlaintextThenHttpsIsVerifiedAllTheSame() throws Exception {
		try (RawServer server = RawServer.encrypted(this.certificates.serverContext(), false, OK)) {
			TlsSettings insecure = new TlsSettings(true, false, null, null);
			try (FlyteHttpClient client = TestClients.client(insecure, null)) {
				assertUntrusted(client, server.uri("/"), "/");
			}
			TlsSettings withCa = new TlsSettings(true, false, this.certificates.caFile(), null);
			try (FlyteHttpClient client = TestClients.client(withCa, null)) {
				assertThat(TestClients.get(client, server.uri("/"))).isEqualTo("ok");
			}
		}
	}

	@Test
	void whenServerAsksForClientCertificateThenBundleShowsIt() throws Exception {
		try (RawServer server = RawServer.encrypted(this.certificates.serverContext(), true, OK);
				FlyteHttpClient client = client(BUNDLE, bundle(SslOptions.NONE))) {
			assertThat(TestClients.get(client, server.uri("/"))).isEqualTo("ok");
		}
	}

	@Test
	void whenVerificationIsSkippedThenBundlesClientCertificateIsShownStill() throws Exception {
		TlsSettings skip = new TlsSettings(false, true, null, "mine");
		try (RawServer server = RawServer.encrypted(this.certificates.serverContext(), true, OK);
				FlyteHttpClient client = client(skip, bundle(SslOptions.NONE))) {
			assertThat(TestClients.get(client, server.uri("/"))).isEqualTo("ok");
		}
	}

	@Test
	void whenServerAsksForClientCertificateInVainThenErrorNamesTheProperty() throws Exception {
		// In TLS 1.3 the alert comes after the handshake and may be lost with the
		// connection
		try (RawServer server = RawServer.encrypted(this.certificates.serverContext(), true, OK, "TLSv1.2");
				FlyteHttpClient client = TestClients.client(TestClients.trusting(this.certificates.caFile()), null)) {
			TestClients.assertFails(Failure.TLS, () -> TestClients.get(client, server.uri("/")))
				.extracting(Throwable::getMessage)
				.asString()
				.contains("alert")
				.contains("flyte.platform.ssl-bundle");
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void whenServerAsksForClientCertificateInVainInTls13ThenThereIsNoAnswer() throws Exception {
		try (RawServer server = RawServer.encrypted(this.certificates.serverContext(), true, OK, "TLSv1.3");
				FlyteHttpClient client = TestClients.client(TestClients.trusting(this.certificates.caFile()), null)) {
			assertThatIOException().isThrownBy(() -> TestClients.get(client, server.uri("/")))
				.isInstanceOfSatisfying(HttpExchangeException.class,
						(ex) -> assertThat(ex.getFailure()).isIn(Failure.TLS, Failure.CUT));
		}
	}

	@Test
	void whenBundleNamesProtocolsThenNoOtherIsSpoken() throws Exception {
		SslOptions only12 = SslOptions.of(null, new String[] { "TLSv1.2" });
		try (RawServer old = RawServer.encrypted(this.certificates.serverContext(), false, OK, "TLSv1.2");
				RawServer recent = RawServer.encrypted(this.certificates.serverContext(), false, OK, "TLSv1.3");
				FlyteHttpClient client = client(BUNDLE, bundle(only12))) {
			assertThat(TestClients.get(client, old.uri("/"))).isEqualTo("ok");
			TestClients.assertFails(Failure.TLS, () -> TestClients.get(client, recent.uri("/")));
		}
	}

	@Test
	void whenBundleNamesCipherSuitesThenNoOtherIsSpoken() throws Exception {
		SslOptions only12 = SslOptions.of(new String[] { "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256" }, null);
		try (RawServer old = RawServer.encrypted(this.certificates.serverContext(), false, OK, "TLSv1.2");
				RawServer recent = RawServer.encrypted(this.certificates.serverContext(), false, OK, "TLSv1.3");
				FlyteHttpClient client = client(BUNDLE, bundle(only12))) {
			assertThat(TestClients.get(client, old.uri("/"))).isEqualTo("ok");
			TestClients.assertFails(Failure.TLS, () -> TestClients.get(client, recent.uri("/")));
		}
	}

	@Test
	void whenServerDoesNotSpeakTlsThenErrorSaysSoWithoutRepeatingIt() throws Exception {
		// The end of the header that the server waits for is not in a handshake, so it
		// speaks first
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				FlyteHttpClient client = TestClients.client()) {
			CompletableFuture<Void> greeting = CompletableFuture.runAsync(() -> greet(server));
			TestClients
				.assertFails(Failure.TLS,
						() -> TestClients.get(client, URI.create("https://localhost:" + server.getLocalPort() + "/")))
				.satisfies((ex) -> assertThat(ex).hasNoCause())
				.extracting(Throwable::getMessage)
				.asString()
				.endsWith("the server does not speak TLS on this port");
			greeting.get(60, TimeUnit.SECONDS);
		}
	}

	private static void greet(ServerSocket server) {
		try (Socket socket = server.accept()) {
			socket.getOutputStream().write("220 mail.example hidden\r\n".getBytes(StandardCharsets.ISO_8859_1));
			socket.getInputStream().transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void assertUntrusted(FlyteHttpClient client, URI uri, String path) {
		TestClients.assertFails(Failure.TLS, () -> TestClients.get(client, uri))
			.extracting(Throwable::getMessage)
			.asString()
			.startsWith("GET https://localhost:" + uri.getPort() + path
					+ ": the server has a certificate that is not trusted (issued by CN=Flyte Connect test CA): ")
			.contains("flyte.platform.ca-cert-file-path");
	}

	private static FlyteHttpClient client(TlsSettings tls, SslBundle bundle) {
		return TestClients.client("test", TrustMaterial.of("test", tls, bundle), null, Duration.ofSeconds(10),
				DataSize.ofMegabytes(1));
	}

	private SslBundle bundle(SslOptions options) throws IOException {
		PemSslStoreDetails keys = PemSslStoreDetails
			.forCertificate(this.certificates.clientCertificateFile().toString())
			.withPrivateKey(this.certificates.clientKeyFile().toString());
		PemSslStoreDetails trust = PemSslStoreDetails.forCertificate(this.certificates.caFile().toString());
		return SslBundle.of(new PemSslStoreBundle(keys, trust), null, options);
	}

}
