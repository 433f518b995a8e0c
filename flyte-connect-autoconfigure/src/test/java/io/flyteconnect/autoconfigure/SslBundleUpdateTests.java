package io.flyteconnect.autoconfigure;

import java.net.InetSocketAddress;
import java.nio.file.Path;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc.AdminServiceImplBase;
import io.grpc.Server;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.ClientAuth;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.testsupport.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An SSL bundle that changes while a connection is there: its trust and its client
 * certificate.
 */
class SslBundleUpdateTests {

	@Test
	void whenBundleIsUpdatedThenItsTrustAndItsClientCertificateCountWithoutARestart(@TempDir Path directory)
			throws Exception {
		TestCertificates certificates = TestCertificates.in(directory);
		DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("mine",
				bundle(certificates.otherCaFile(), null));
		FlyteConnectionFactory factory = FlyteConnectionFactory.builder().sslBundles(bundles).build();
		Server server = server(certificates);
		PlatformConfig config = PlatformConfig.builder()
			.endpoint("localhost:" + server.getPort())
			.sslBundle("mine")
			.authMode(AuthMode.NONE)
			.build();
		try (FlyteConnection connection = factory.create(config)) {
			assertThat(read(connection)).isEqualTo(Code.UNAVAILABLE);
			PemSslStoreDetails key = PemSslStoreDetails.forCertificate(certificates.clientCertificateFile().toString())
				.withPrivateKey(certificates.clientKeyFile().toString());
			bundles.updateBundle("mine", bundle(certificates.caFile(), key));
			await().until(() -> read(connection) == Code.OK);
		}
		finally {
			server.shutdownNow();
		}
	}

	private static SslBundle bundle(Path ca, @Nullable PemSslStoreDetails key) {
		return SslBundle.of(new PemSslStoreBundle(key, PemSslStoreDetails.forCertificate(ca.toString())));
	}

	private static Code read(FlyteConnection connection) {
		try {
			connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
			return Code.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus().getCode();
		}
	}

	private static Server server(TestCertificates certificates) throws Exception {
		return NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
			.sslContext(GrpcSslContexts
				.forServer(certificates.serverCertificateFile().toFile(), certificates.serverKeyFile().toFile())
				.trustManager(certificates.caFile().toFile())
				.clientAuth(ClientAuth.REQUIRE)
				.build())
			.addService(new AdminServiceImplBase() {

				@Override
				public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
					observer.onNext(GetVersionResponse.getDefaultInstance());
					observer.onCompleted();
				}

			})
			.build()
			.start();
	}

}
