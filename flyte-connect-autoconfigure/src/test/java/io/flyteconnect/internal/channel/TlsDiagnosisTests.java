package io.flyteconnect.internal.channel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

import io.grpc.Status.Code;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.testsupport.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a person reads where certificates do not fit, with real ones on both sides, and
 * which of it passes by itself when the files are mended.
 */
@Tag("fault")
class TlsDiagnosisTests {

	private static final TlsSettings BUNDLE = new TlsSettings(false, false, null, "mine");

	private final Path directory;

	private final TestCertificates certificates;

	TlsDiagnosisTests(@TempDir Path directory) {
		this.directory = directory;
		this.certificates = TestCertificates.in(directory);
	}

	@Test
	void whenCertificateHasExpiredThenTheClockIsNamedAndNoCa() {
		assertThat(describe(this.certificates.serverValid(Duration.ofDays(-2), Duration.ofDays(-1))))
			.contains("has a certificate that has expired on ", "the clock of this machine")
			.doesNotContain("is not trusted", "ca-cert-file-path", "another host");
	}

	@Test
	void whenCertificateIsNotYetValidThenTheClockIsNamedAndNoCa() {
		assertThat(describe(this.certificates.serverValid(Duration.ofDays(1), Duration.ofDays(2))))
			.contains("has a certificate that is not yet valid, not before ", "the clock of this machine")
			.doesNotContain("is not trusted", "ca-cert-file-path", "expired");
	}

	@Test
	void whenCertificateIsForOtherHostsThenTheyAreNamed() {
		assertThat(describe(this.certificates.serverFor("admin.example.com", "flyte.example.com")))
			.contains("has a certificate for another host name (it is for admin.example.com, flyte.example.com)",
					"flyte.platform.url")
			.doesNotContain("is not trusted", "ca-cert-file-path", "expired");
	}

	@Test
	void whenIssuerIsNotInTheCaFileThenItIsNamedWithTheFile() {
		try (RecordingServer server = server(this.certificates.server())) {
			assertThat(read(server, new TlsSettings(false, false, this.certificates.otherCaFile(), null), null))
				.contains("has a certificate that is not trusted (issued by CN=Flyte Connect test CA)",
						"its issuer is not in the CA file '" + this.certificates.otherCaFile()
								+ "' of flyte.platform.ca-cert-file-path")
				.doesNotContain("set flyte.platform.ca-cert-file-path", "expired");
		}
	}

	@Test
	void whenIssuerIsNotInTheBundleThenItIsNamed() throws Exception {
		try (RecordingServer server = server(this.certificates.server())) {
			assertThat(read(server, BUNDLE, bundle(this.certificates.otherCaFile(), null)))
				.contains("is not trusted", "is not in the SSL bundle 'mine'", "reload-on-update")
				.doesNotContain("ca-cert-file-path");
		}
	}

	@Test
	void whenCertificateIsSelfSignedThenDescriptionSaysSo() {
		assertThat(describe(this.certificates.selfSignedServer()))
			.contains("is not trusted (self-signed by CN=my-own-server)");
	}

	@Test
	void whenClientCertificateHasExpiredThenItIsBlamedAndNotTheServer() throws Exception {
		assertThat(describeMutual(this.certificates.expiredClient())).contains("does not accept the client certificate")
			.doesNotContain("is not trusted: ", "name an SSL bundle");
	}

	@Test
	void whenClientCertificateIsOfAnotherIssuerThenDescriptionSaysSo() throws Exception {
		assertThat(describeMutual(this.certificates.foreignClient()))
			.contains("client certificate", "the SSL bundle of flyte.platform.ssl-bundle")
			.doesNotContain("name an SSL bundle with");
	}

	@Test
	void whenNoVersionOfTlsIsCommonThenDescriptionSaysSo() throws Exception {
		try (RecordingServer server = server(this.certificates.server(), (tls) -> tls.protocols("TLSv1.2"))) {
			SslOptions only13 = SslOptions.of(null, new String[] { "TLSv1.3" });
			assertThat(read(server, BUNDLE,
					SslBundle.of(
							new PemSslStoreBundle(null,
									PemSslStoreDetails.forCertificate(this.certificates.caFile().toString())),
							null, only13)))
				.contains("speaks no version of TLS that this Java, or the SSL bundle, allows")
				.doesNotContain("client certificate");
		}
	}

	@Test
	void whenTheCaFileGetsTheNewIssuerThenItCountsWithoutARestart() throws Exception {
		Path old = Files.createDirectory(this.directory.resolve("..2026_01"));
		Path next = Files.createDirectory(this.directory.resolve("..2026_02"));
		Files.copy(this.certificates.otherCaFile(), old.resolve("ca.crt"));
		Files.copy(this.certificates.caFile(), next.resolve("ca.crt"));
		// As Kubernetes mounts a secret: file -> ..data/file, ..data -> one of its
		// states.
		Path data = this.directory.resolve("..data");
		Files.createSymbolicLink(data, old.getFileName());
		Path file = Files.createSymbolicLink(this.directory.resolve("mounted.crt"), Path.of("..data", "ca.crt"));
		try (RecordingServer server = server(this.certificates.server());
				TestConnection connection = TestConnection.to(server.port())) {
			connection.tls = new TlsSettings(false, false, file, null);
			connection.maxRetries = 0;
			assertThat(connection.statusOfRead().getDescription()).contains("its issuer is not in the CA file");
			Files.delete(data);
			Files.createSymbolicLink(data, next.getFileName());
			await().until(() -> connection.statusOfRead().getCode() == Code.OK);
		}
	}

	@Test
	void whenTheCaFileIsSpoiledThenTheErrorSaysSo() throws Exception {
		Path file = Files.copy(this.certificates.otherCaFile(), this.directory.resolve("spoiled.pem"));
		try (RecordingServer server = server(this.certificates.server());
				TestConnection connection = TestConnection.to(server.port())) {
			connection.tls = new TlsSettings(false, false, file, null);
			connection.maxRetries = 0;
			connection.statusOfRead();
			Files.writeString(file, "no certificate");
			await().until(() -> String.valueOf(connection.statusOfRead().getDescription())
				.contains("has changed and cannot be used (The CA file '" + file + "' holds no certificate"));
		}
	}

	private String describe(X509Bundle certificate) {
		try (RecordingServer server = server(certificate)) {
			return read(server, new TlsSettings(false, false, this.certificates.caFile(), null), null);
		}
	}

	private String describeMutual(X509Bundle client) throws Exception {
		try (RecordingServer server = server(this.certificates.server(),
				(tls) -> tls.trustManager(this.certificates.caFile().toFile()).clientAuth(ClientAuth.REQUIRE))) {
			return read(server, BUNDLE, bundle(this.certificates.caFile(), client));
		}
	}

	private SslBundle bundle(Path ca, @Nullable X509Bundle client) {
		PemSslStoreDetails keys = (client != null) ? PemSslStoreDetails.forCertificate(client.getCertificatePathPEM())
			.withPrivateKey(client.getPrivateKeyPEM()) : null;
		return SslBundle.of(new PemSslStoreBundle(keys, PemSslStoreDetails.forCertificate(ca.toString())));
	}

	private RecordingServer server(X509Bundle certificate) {
		return server(certificate, (tls) -> {
		});
	}

	private RecordingServer server(X509Bundle certificate, Consumer<SslContextBuilder> customizer) {
		return RecordingServer.start((NettyServerBuilder builder) -> {
			try {
				SslContextBuilder tls = GrpcSslContexts
					.configure(SslContextBuilder.forServer(certificate.toKeyManagerFactory()));
				customizer.accept(tls);
				builder.sslContext(tls.build());
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private static String read(RecordingServer server, TlsSettings tls, @Nullable SslBundle bundle) {
		try (TestConnection connection = TestConnection.to(server.port())) {
			connection.tls = tls;
			connection.bundle = bundle;
			connection.maxRetries = 0;
			return String.valueOf(connection.statusOfRead().getDescription());
		}
	}

}
