package io.flyteconnect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import javax.net.ssl.SSLParameters;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * An authorization server whose authority changes while a connection is there: its CA
 * file, and its SSL bundle.
 */
class LoginTrustRotationTests {

	@TempDir
	Path folder;

	private TestCertificates certificates;

	private LoginServer flyte;

	private HttpsServer idp;

	private volatile boolean clientCertificate;

	@BeforeEach
	void start() throws Exception {
		this.certificates = TestCertificates.in(this.folder);
		this.idp = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.idp.setHttpsConfigurator(new HttpsConfigurator(this.certificates.serverContext()) {

			@Override
			public void configure(HttpsParameters parameters) {
				SSLParameters ours = getSSLContext().getDefaultSSLParameters();
				ours.setNeedClientAuth(LoginTrustRotationTests.this.clientCertificate);
				parameters.setSSLParameters(ours);
			}

		});
		this.idp.createContext("/token", LoginTrustRotationTests::grant);
		this.idp.start();
		this.flyte = new LoginServer();
		this.flyte.accepted.add("token-1");
		this.flyte.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("https://localhost:" + this.idp.getAddress().getPort() + "/token")
			.build();
	}

	@AfterEach
	void stop() throws Exception {
		this.flyte.close();
		this.idp.stop(0);
	}

	@Test
	void whenKubernetesExchangesTheCaFileThenTheNextLoginTrustsTheNewAuthority() throws Exception {
		Path volume = Files.createDirectory(this.folder.resolve("volume"));
		publish(volume, "..2026_11_01", this.certificates.otherCaFile());
		Path file = Files.createSymbolicLink(volume.resolve("ca.crt"), Path.of("..data", "ca.crt"));
		try (FlyteConnection connection = FlyteConnectionFactory.builder()
			.build()
			.create(settings().caCertFile(file).build())) {
			assertThat(failure(connection)).hasMessageContaining(file.toString())
				.hasMessageContaining("is read again now, and counts from the next connection on");
			publish(volume, "..2026_11_28", this.certificates.caFile());
			await().until(() -> failure(connection) == null);
		}
		assertThat(this.flyte.authorizations).contains("Bearer token-1");
	}

	@Test
	void whenTheSslBundleIsUpdatedThenTheNextLoginHasItsTrustAndItsClientCertificate() {
		this.clientCertificate = true;
		DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("mine",
				bundle(this.certificates.otherCaFile(), null));
		try (FlyteConnection connection = FlyteConnectionFactory.builder()
			.sslBundles(bundles)
			.build()
			.create(settings().sslBundle("mine").build())) {
			assertThat(failure(connection)).hasMessageContaining("flyte.platform.ssl-bundle");
			bundles.updateBundle("mine",
					bundle(this.certificates.caFile(),
							PemSslStoreDetails.forCertificate(this.certificates.clientCertificateFile().toString())
								.withPrivateKey(this.certificates.clientKeyFile().toString())));
			await().until(() -> failure(connection) == null);
		}
		assertThat(this.flyte.authorizations).contains("Bearer token-1");
	}

	private PlatformConfigBuilder settings() {
		return PlatformConfig.builder()
			.endpoint("localhost:" + this.flyte.port())
			.insecure(true)
			.property("flyte.credentials.client-id", "id")
			.property("flyte.credentials.client-secret", "s3cret");
	}

	private static @Nullable StatusRuntimeException failure(FlyteConnection connection) {
		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
				() -> connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance()));
		if (failure != null) {
			assertThat(failure.getStatus().getCode()).isIn(Code.UNAVAILABLE, Code.UNAUTHENTICATED);
		}
		return failure;
	}

	/**
	 * Write a volume as Kubernetes does: a folder for each state, and one link that is
	 * exchanged at once ({@code pkg/volume/util/atomic_writer.go}).
	 */
	private static void publish(Path volume, String state, Path ca) throws IOException {
		Path folder = Files.createDirectory(volume.resolve(state));
		Files.copy(ca, folder.resolve("ca.crt"));
		Path link = Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of(state));
		Files.move(link, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static SslBundle bundle(Path ca, @Nullable PemSslStoreDetails key) {
		return SslBundle.of(new PemSslStoreBundle(key, PemSslStoreDetails.forCertificate(ca.toString())));
	}

	private static void grant(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] answer = "{\"access_token\":\"token-1\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, answer.length);
			exchange.getResponseBody().write(answer);
		}
	}

}
