package io.flyteconnect.internal.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AdminServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.http.TestClients;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.testsupport.TestCertificates;
import io.flyteconnect.testsupport.TestProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TrustMaterial} and for {@link ProxyRoutes#proxyDetector()} with gRPC
 * channels to a real server, which knows no method: whoever hears that has reached it.
 */
@ExtendWith(OutputCaptureExtension.class)
class TrustMaterialTests {

	private static final HttpProxySettings NO_PROXY = new HttpProxySettings(null, HttpProxyScope.ALL);

	private Path directory;

	private TestCertificates certificates;

	@BeforeEach
	void makeCertificates(@TempDir Path directory) {
		this.directory = directory;
		this.certificates = TestCertificates.in(directory);
	}

	@Test
	void whenEndpointIsInsecureThenChannelIsPlaintext() throws Exception {
		TrustMaterial trust = trust(new TlsSettings(true, false, null, null), null);
		assertThat(trust.plaintext()).isTrue();
		assertThat(trust.verifiesHostName()).isTrue();
		assertThat(trust.sslContext()).isNotNull();
		assertThat(trust.channelCredentials()).isInstanceOf(InsecureChannelCredentials.class);
		assertThat(call(InsecureServerCredentials.create(), trust, NO_PROXY)).isEqualTo(Status.Code.UNIMPLEMENTED);
	}

	@Test
	void whenCaIsInFileThenChannelTrustsIt() throws Exception {
		Path both = this.directory.resolve("both.pem");
		Files.writeString(both, "# one\n" + Files.readString(this.certificates.otherCaFile()) + "# two\n"
				+ Files.readString(this.certificates.caFile()));
		assertThat(call(tls(ClientAuth.NONE), trust(TestClients.trusting(both), null), NO_PROXY))
			.isEqualTo(Status.Code.UNIMPLEMENTED);
	}

	@Test
	void whenCaIsNotTrustedThenChannelIsUnavailable() throws Exception {
		assertThat(call(tls(ClientAuth.NONE), trust(TestClients.JVM_TRUST, null), NO_PROXY))
			.isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(call(tls(ClientAuth.NONE), trust(TestClients.trusting(this.certificates.otherCaFile()), null),
				NO_PROXY))
			.isEqualTo(Status.Code.UNAVAILABLE);
	}

	@Test
	void whenHostNameIsNotInCertificateThenOnlySkippingVerificationHelps() throws Exception {
		TlsSettings trusting = TestClients.trusting(this.certificates.caFile());
		// The proxy knows every name under flyte.test, the certificate only two
		try (TestProxy proxy = TestProxy.start()) {
			HttpProxySettings proxied = new HttpProxySettings(TestClients.setting(proxy), HttpProxyScope.ALL);
			assertThat(call(tls(ClientAuth.NONE), trust(trusting, null), proxied, "unnamed.flyte.test"))
				.isEqualTo(Status.Code.UNAVAILABLE);
			assertThat(call(tls(ClientAuth.NONE), trust(new TlsSettings(false, true, null, null), null), proxied,
					"unnamed.flyte.test"))
				.isEqualTo(Status.Code.UNIMPLEMENTED);
		}
	}

	@Test
	void whenVerificationIsSkippedThenOneWarningNamesConnectionAndProperty(CapturedOutput output) throws Exception {
		Path missing = this.directory.resolve("no-such.pem");
		TrustMaterial trust = new TrustMaterials(null).of(PlatformConfig.builder()
			.name("staging")
			.endpoint("flyte.test")
			.insecureSkipVerify(true)
			.caCertFile(missing)
			.build());
		assertThat(trust.verifiesHostName()).isFalse();
		assertThat(call(tls(ClientAuth.NONE), trust, NO_PROXY)).isEqualTo(Status.Code.UNIMPLEMENTED);
		trust.channelCredentials();
		trust.sslContext();
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN") && line.contains("'staging'")))
			.singleElement()
			.asString()
			.contains("flyte.platform.insecure-skip-verify");
	}

	@Test
	void whenVerificationIsNotSkippedThenNothingIsLogged(CapturedOutput output) {
		trust(TestClients.trusting(this.certificates.caFile()), null);
		// Other threads may log something else.
		assertThat(output).doesNotContain("TrustMaterial", "insecure-skip-verify", "CA file");
	}

	@Test
	void whenServerAsksForClientCertificateThenOnlyBundleHasOne() throws Exception {
		TlsSettings bundled = new TlsSettings(false, false, null, "mine");
		assertThat(call(tls(ClientAuth.REQUIRE), trust(bundled, bundle(SslOptions.NONE)), NO_PROXY))
			.isEqualTo(Status.Code.UNIMPLEMENTED);
		assertThat(
				call(tls(ClientAuth.REQUIRE), trust(TestClients.trusting(this.certificates.caFile()), null), NO_PROXY))
			.isEqualTo(Status.Code.UNAVAILABLE);
	}

	@Test
	void whenBundleRestrictsProtocolsThenChannelKeepsToThem() throws Exception {
		TlsSettings bundled = new TlsSettings(false, false, null, "mine");
		SslOptions http2Suite = SslOptions.of(new String[] { "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256" },
				new String[] { "TLSv1.2" });
		assertThat(call(tls(ClientAuth.REQUIRE), trust(bundled, bundle(http2Suite)), NO_PROXY))
			.isEqualTo(Status.Code.UNIMPLEMENTED);
		SslOptions rsaSuite = SslOptions.of(new String[] { "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" },
				new String[] { "TLSv1.2" });
		// The server has no RSA key, so a client that keeps to this suite cannot agree
		// with it
		assertThat(call(tls(ClientAuth.REQUIRE), trust(bundled, bundle(rsaSuite)), NO_PROXY))
			.isEqualTo(Status.Code.UNAVAILABLE);
	}

	@Test
	void whenVerificationIsSkippedThenBundlesClientCertificateAndOptionsRemain() throws Exception {
		TlsSettings skip = new TlsSettings(false, true, null, "mine");
		SslOptions only12 = SslOptions.of(null, new String[] { "TLSv1.2" });
		for (SslOptions options : new SslOptions[] { SslOptions.NONE, only12 }) {
			assertThat(call(tls(ClientAuth.REQUIRE), trust(skip, bundle(options)), NO_PROXY))
				.isEqualTo(Status.Code.UNIMPLEMENTED);
		}
	}

	@Test
	void whenBothBundleAndCaFileAreNamedThenErrorNamesBoth() throws Exception {
		TlsSettings both = new TlsSettings(false, false, this.certificates.caFile(), "mine");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> trust(both, bundle(SslOptions.NONE)))
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo("flyte.platform.ssl-bundle");
				assertThat(ex.getReason()).contains("'mine'")
					.contains(this.certificates.caFile().toString())
					.contains("flyte.platform.ca-cert-file-path");
				assertThat(ex.getAction()).contains("Remove one");
			});
	}

	@Test
	void whenBundleCannotBeLoadedThenErrorNamesIt() {
		PemSslStoreDetails missing = PemSslStoreDetails.forCertificate(this.directory.resolve("none.pem").toString());
		SslBundle bundle = SslBundle.of(new PemSslStoreBundle(null, missing));
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> trust(new TlsSettings(false, false, null, "mine"), bundle))
			.satisfies((ex) -> assertThat(ex.getReason()).contains("The SSL bundle 'mine' cannot be used"));
	}

	@Test
	void whenCallerForgetsTheBundleThenItIsTold() {
		assertThatIllegalArgumentException().isThrownBy(() -> trust(new TlsSettings(false, false, null, "mine"), null));
	}

	@Test
	void whenProxyAsksForPasswordThenChannelTunnelsWithOrWithoutTls() throws Exception {
		try (TestProxy proxy = TestProxy.start("user", "p@ss")) {
			HttpProxySettings proxied = new HttpProxySettings(TestClients.setting(proxy), HttpProxyScope.ALL);
			TrustMaterial trust = trust(TestClients.trusting(this.certificates.caFile()), null);
			assertThat(call(tls(ClientAuth.NONE), trust, proxied, "admin.flyte.test"))
				.isEqualTo(Status.Code.UNIMPLEMENTED);
			TrustMaterial plaintext = trust(new TlsSettings(true, false, null, null), null);
			assertThat(call(InsecureServerCredentials.create(), plaintext, proxied, "admin.flyte.test"))
				.isEqualTo(Status.Code.UNIMPLEMENTED);
			assertThat(proxy.requests()).hasSize(2)
				.allSatisfy((request) -> assertThat(request).startsWith("CONNECT admin.flyte.test:"));
		}
	}

	@Test
	void whenProxyPasswordIsWrongThenChannelIsUnavailable() throws Exception {
		try (TestProxy proxy = TestProxy.start("user", "pass")) {
			HttpProxySettings proxied = new HttpProxySettings(new HttpProxy("127.0.0.1", proxy.port(), "user", "wrong"),
					HttpProxyScope.ALL);
			TrustMaterial trust = trust(TestClients.trusting(this.certificates.caFile()), null);
			assertThat(call(tls(ClientAuth.NONE), trust, proxied, "admin.flyte.test"))
				.isEqualTo(Status.Code.UNAVAILABLE);
		}
	}

	private static TrustMaterial trust(TlsSettings tls, @Nullable SslBundle bundle) {
		return TrustMaterial.of("test", tls, bundle);
	}

	private ServerCredentials tls(ClientAuth clientAuth) throws Exception {
		return TlsServerCredentials.newBuilder()
			.keyManager(this.certificates.serverCertificateFile().toFile(), this.certificates.serverKeyFile().toFile())
			.trustManager(this.certificates.caFile().toFile())
			.clientAuth(clientAuth)
			.build();
	}

	private SslBundle bundle(SslOptions options) {
		PemSslStoreDetails keys = PemSslStoreDetails
			.forCertificate(this.certificates.clientCertificateFile().toString())
			.withPrivateKey(this.certificates.clientKeyFile().toString());
		PemSslStoreDetails trust = PemSslStoreDetails.forCertificate(this.certificates.caFile().toString());
		return SslBundle.of(new PemSslStoreBundle(keys, trust), null, options);
	}

	private static Status.Code call(ServerCredentials server, TrustMaterial trust, HttpProxySettings proxy)
			throws Exception {
		return call(server, trust, proxy, "localhost");
	}

	private static Status.Code call(ServerCredentials serverCredentials, TrustMaterial trust, HttpProxySettings proxy,
			String host) throws Exception {
		Server server = Grpc.newServerBuilderForPort(0, serverCredentials).build().start();
		ChannelCredentials credentials = trust.channelCredentials();
		ManagedChannel channel = NettyChannelBuilder.forTarget("dns:///" + host + ":" + server.getPort(), credentials)
			.proxyDetector(ProxyRoutes.of(proxy, Map.of()).proxyDetector())
			.build();
		try {
			ClientCalls.blockingUnaryCall(channel, AdminServiceGrpc.getGetVersionMethod(),
					CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
					GetVersionRequest.getDefaultInstance());
			throw new IllegalStateException("The server has no methods");
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus().getCode();
		}
		finally {
			channel.shutdownNow();
			server.shutdownNow();
		}
	}

}
