package io.flyteconnect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import com.google.common.util.concurrent.ListenableFuture;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc.AdminServiceImplBase;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.ClientAuth;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.secret.KubernetesVolume;
import io.flyteconnect.testsupport.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Certificates that Kubernetes exchanges while calls go on: those of the client in an SSL
 * bundle of Spring Boot, which watches its files, and the file of authorities.
 */
@Tag("fault")
class CertificateRotationTests {

	private static final GetVersionRequest REQUEST = GetVersionRequest.getDefaultInstance();

	/** Whose certificate each call came with. */
	private final List<String> callers = new CopyOnWriteArrayList<>();

	/** Whose certificate each login came with. */
	private final List<String> logins = new CopyOnWriteArrayList<>();

	private final AtomicInteger connections = new AtomicInteger();

	private volatile @Nullable CountDownLatch held;

	@TempDir
	Path folder;

	private TestCertificates certificates;

	private KubernetesVolume volume;

	private Server flyte;

	private HttpsServer idp;

	@BeforeEach
	void start() throws Exception {
		this.certificates = TestCertificates.in(this.folder);
		this.volume = new KubernetesVolume(Files.createDirectory(this.folder.resolve("volume")));
		this.flyte = flyte();
		this.idp = idp();
	}

	@AfterEach
	void stop() throws Exception {
		this.idp.stop(0);
		this.flyte.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
	}

	@Test
	void whenKubernetesExchangesTheClientCertificateThenCallsAndLoginsShowTheNewOneAndACallUnderWayFinishes()
			throws Exception {
		publish("first");
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, FlyteAutoConfiguration.class))
			.withPropertyValues("flyte.platform.url=localhost:" + this.flyte.getPort(),
					"flyte.platform.ssl-bundle=mine", "flyte.credentials.client-id=id",
					"flyte.credentials.client-secret=s3cret",
					"flyte.credentials.token-url=https://localhost:" + this.idp.getAddress().getPort() + "/token",
					"spring.ssl.bundle.watch.file.quiet-period=10ms",
					"spring.ssl.bundle.pem.mine.reload-on-update=true",
					"spring.ssl.bundle.pem.mine.truststore.certificate=" + this.certificates.caFile(),
					"spring.ssl.bundle.pem.mine.keystore.certificate=" + this.folder.resolve("volume/tls.crt"),
					"spring.ssl.bundle.pem.mine.keystore.private-key=" + this.folder.resolve("volume/tls.key"))
			.run((context) -> {
				FlyteConnection connection = context.getBean(FlyteConnection.class);
				connection.admin().blocking().getVersion(REQUEST);
				CountDownLatch answer = new CountDownLatch(1);
				this.held = answer;
				ListenableFuture<GetVersionResponse> underWay = connection.admin().future().getVersion(REQUEST);
				await().until(() -> this.callers.size() == 2);
				this.held = null;
				publish("second");
				await().atMost(60, TimeUnit.SECONDS).until(() -> {
					connection.admin().blocking().getVersion(REQUEST);
					return this.callers.get(this.callers.size() - 1).equals("CN=second");
				});
				connection.dropToken();
				connection.admin().blocking().getVersion(REQUEST);
				assertThat(underWay.isDone()).isFalse();
				answer.countDown();
				underWay.get(60, TimeUnit.SECONDS);
				assertThat(this.logins).containsExactly("CN=first", "CN=second");
				assertThat(this.connections).hasValue(2);
			});
	}

	@Test
	void whenTheFileOfAuthoritiesChangesThenTheChannelConnectsAnewAndTrustsNobodyElse() throws Exception {
		this.volume.write(Map.of("ca.crt", Files.readString(this.certificates.caFile())));
		Path file = this.folder.resolve("volume/ca.crt");
		PlatformConfig config = PlatformConfig.builder()
			.endpoint("localhost:" + plain().getPort())
			.caCertFile(file)
			.authMode(AuthMode.NONE)
			.apply((properties) -> properties.property("flyte.platform.ca-cert-file-refresh", "50ms"))
			.build();
		try (FlyteConnection connection = new FlyteConnectionFactory().create(config)) {
			connection.admin().blocking().getVersion(REQUEST);
			CountDownLatch answer = new CountDownLatch(1);
			this.held = answer;
			ListenableFuture<GetVersionResponse> underWay = connection.admin().future().getVersion(REQUEST);
			await().until(() -> this.callers.size() == 2);
			this.held = null;
			this.volume.write(Map.of("ca.crt",
					Files.readString(this.certificates.caFile()) + Files.readString(this.certificates.otherCaFile())));
			await().atMost(60, TimeUnit.SECONDS).until(() -> {
				connection.admin().blocking().getVersion(REQUEST);
				return this.connections.get() == 2;
			});
			this.volume.write(Map.of("ca.crt", Files.readString(this.certificates.otherCaFile())));
			await().atMost(60, TimeUnit.SECONDS).until(() -> isRefused(connection));
			assertThat(underWay.isDone()).isFalse();
			answer.countDown();
			underWay.get(60, TimeUnit.SECONDS);
			this.volume.write(Map.of("ca.crt", Files.readString(this.certificates.caFile())));
			await().atMost(60, TimeUnit.SECONDS).until(() -> !isRefused(connection));
		}
	}

	private static boolean isRefused(FlyteConnection connection) {
		try {
			connection.admin().blocking().getVersion(REQUEST);
			return false;
		}
		catch (StatusRuntimeException ex) {
			assertThat(ex).hasMessageContaining("is not trusted");
			return true;
		}
	}

	private void publish(String name) throws IOException {
		X509Bundle client = this.certificates.clientNamed(name);
		this.volume.write(Map.of("tls.crt", client.getCertificatePEM(), "tls.key", client.getPrivateKeyPEM()));
	}

	private Server plain() throws Exception {
		this.flyte.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
		this.flyte = server(ClientAuth.NONE);
		return this.flyte;
	}

	private Server flyte() throws Exception {
		return server(ClientAuth.REQUIRE);
	}

	private Server server(ClientAuth clientAuth) throws Exception {
		return NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
			.sslContext(GrpcSslContexts
				.forServer(this.certificates.serverCertificateFile().toFile(),
						this.certificates.serverKeyFile().toFile())
				.trustManager(this.certificates.caFile().toFile())
				.clientAuth(clientAuth)
				.build())
			.intercept(new ServerInterceptor() {

				@Override
				public <Q, R> Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
						ServerCallHandler<Q, R> next) {
					if (call.getMethodDescriptor().getFullMethodName().endsWith("/GetVersion")) {
						CertificateRotationTests.this.callers
							.add(peer(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)));
					}
					return next.startCall(call, headers);
				}

			})
			.addTransportFilter(new ServerTransportFilter() {

				@Override
				public Attributes transportReady(Attributes attributes) {
					CertificateRotationTests.this.connections.incrementAndGet();
					return attributes;
				}

			})
			.addService(new AdminServiceImplBase() {

				@Override
				public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
					CountDownLatch held = CertificateRotationTests.this.held;
					try {
						if (held != null) {
							held.await(60, TimeUnit.SECONDS);
						}
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
					}
					observer.onNext(GetVersionResponse.getDefaultInstance());
					observer.onCompleted();
				}

			})
			.build()
			.start();
	}

	private HttpsServer idp() throws IOException {
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(this.certificates.serverContext()) {

			@Override
			public void configure(HttpsParameters parameters) {
				SSLParameters ours = getSSLContext().getDefaultSSLParameters();
				ours.setNeedClientAuth(true);
				parameters.setSSLParameters(ours);
			}

		});
		server.createContext("/token", this::grant);
		server.start();
		return server;
	}

	private void grant(HttpExchange exchange) throws IOException {
		try (exchange) {
			this.logins.add(peer(((HttpsExchange) exchange).getSSLSession()));
			byte[] answer = "{\"access_token\":\"token-1\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, answer.length);
			exchange.getResponseBody().write(answer);
		}
	}

	private static String peer(@Nullable SSLSession session) {
		try {
			return (session != null) ? session.getPeerPrincipal().getName() : "";
		}
		catch (SSLPeerUnverifiedException ex) {
			return "";
		}
	}

}
