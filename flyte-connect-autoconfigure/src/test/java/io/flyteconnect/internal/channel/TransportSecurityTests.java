package io.flyteconnect.internal.channel;

import java.nio.file.Path;

import io.grpc.Status.Code;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.http.TestClients;
import io.flyteconnect.testsupport.TestCertificates;
import io.flyteconnect.testsupport.TestProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Trust and proxy of a connection, up to a call that is answered or refused.
 */
class TransportSecurityTests {

	private final TestCertificates certificates;

	private final RecordingServer tls;

	private final RecordingServer mutual;

	private final TestConnection connection;

	TransportSecurityTests(@TempDir Path directory) {
		this.certificates = TestCertificates.in(directory);
		this.tls = RecordingServer.start((builder) -> encrypt(builder, this.certificates));
		this.mutual = RecordingServer.start((builder) -> demandClientCertificate(builder, this.certificates));
		this.connection = TestConnection.to(this.tls.port());
		this.connection.maxRetries = 0;
	}

	@AfterEach
	void stop() {
		this.connection.close();
		this.tls.close();
		this.mutual.close();
	}

	@Test
	void whenInsecureThenCallGoesInPlaintext() {
		try (RecordingServer plain = RecordingServer.start(); TestConnection calls = TestConnection.to(plain.port())) {
			calls.read();
			assertThat(plain.calls().get(0).encrypted()).isFalse();
		}
	}

	@Test
	void whenCaFileIsTrustedThenCallIsEncrypted() {
		this.connection.tls = new TlsSettings(false, false, this.certificates.caFile(), null);
		this.connection.read();
		assertThat(this.tls.calls().get(0).encrypted()).isTrue();
	}

	@Test
	void whenOtherCaFileIsTrustedThenNoCallArrives() {
		this.connection.tls = new TlsSettings(false, false, this.certificates.otherCaFile(), null);
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(this.tls.calls()).isEmpty();
	}

	@Test
	void whenOnlyTheJvmIsTrustedThenNoCallArrives() {
		this.connection.tls = new TlsSettings(false, false, null, null);
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(this.tls.calls()).isEmpty();
	}

	@Test
	void whenNothingIsVerifiedThenCallIsEncrypted() {
		this.connection.tls = new TlsSettings(false, true, null, null);
		this.connection.read();
		assertThat(this.tls.calls().get(0).encrypted()).isTrue();
	}

	@Test
	void whenBundleHasAClientCertificateThenMutualTlsSucceeds() {
		try (TestConnection calls = TestConnection.to(this.mutual.port())) {
			calls.tls = new TlsSettings(false, false, null, "flyte");
			calls.bundle = bundle();
			calls.read();
			assertThat(this.mutual.calls().get(0).encrypted()).isTrue();
		}
	}

	@Test
	void whenClientCertificateIsMissingThenMutualTlsFails() {
		try (TestConnection calls = TestConnection.to(this.mutual.port())) {
			calls.tls = new TlsSettings(false, false, this.certificates.caFile(), null);
			calls.maxRetries = 0;
			assertThat(calls.statusOfRead().getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(this.mutual.calls()).isEmpty();
		}
	}

	@Test
	void whenProxyDemandsAPasswordThenCallGoesThroughIt() {
		try (TestProxy proxy = TestProxy.start("flyte", "s3cret")) {
			this.connection.tls = new TlsSettings(false, false, this.certificates.caFile(), null);
			this.connection.proxy = TestClients.setting(proxy);
			this.connection.read();
			assertThat(this.tls.calls()).hasSize(1);
			assertThat(proxy.requests()).hasSize(1).first().asString().startsWith("CONNECT ");
		}
	}

	private SslBundle bundle() {
		PemSslStoreDetails key = PemSslStoreDetails
			.forCertificate(this.certificates.clientCertificateFile().toUri().toString())
			.withPrivateKey(this.certificates.clientKeyFile().toUri().toString());
		PemSslStoreDetails trust = PemSslStoreDetails.forCertificate(this.certificates.caFile().toUri().toString());
		return SslBundle.of(new PemSslStoreBundle(key, trust));
	}

	private static void encrypt(NettyServerBuilder builder, TestCertificates certificates) {
		builder.useTransportSecurity(certificates.serverCertificateFile().toFile(),
				certificates.serverKeyFile().toFile());
	}

	private static void demandClientCertificate(NettyServerBuilder builder, TestCertificates certificates) {
		try {
			builder.sslContext(GrpcSslContexts
				.forServer(certificates.serverCertificateFile().toFile(), certificates.serverKeyFile().toFile())
				.trustManager(certificates.caFile().toFile())
				.clientAuth(ClientAuth.REQUIRE)
				.build());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
