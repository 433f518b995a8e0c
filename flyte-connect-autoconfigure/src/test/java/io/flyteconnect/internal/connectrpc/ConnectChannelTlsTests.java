package io.flyteconnect.internal.connectrpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.StringValue;
import com.sun.net.httpserver.HttpExchange;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.connectrpc.wire.UnaryResponse;
import io.flyteconnect.internal.proxy.ProxyRefusedException;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.tls.TrustMaterial;
import io.flyteconnect.testsupport.TestCertificates;
import io.flyteconnect.testsupport.TestProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ConnectChannel} with TLS, and through what stands in between.
 */
@Isolated
class ConnectChannelTlsTests {

	private TestCertificates certificates;

	private ManagedChannel channel;

	@BeforeEach
	void makeCertificates(@TempDir Path directory) {
		this.certificates = TestCertificates.in(directory);
	}

	@AfterEach
	void end() throws InterruptedException {
		this.channel.shutdownNow();
		assertThat(this.channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	private ConnectServer encrypted() {
		return ConnectServer.start(this.certificates.serverContext("localhost", "flyte.flyte.test"),
				(request, exchange) -> ConnectServer.reply(exchange, 200, UnaryResponse.TYPE, request.body()));
	}

	private void open(URI uri, TlsSettings tls, HttpProxy proxy) {
		ProxyRoutes routes = ProxyRoutes.of(new HttpProxySettings(proxy, HttpProxyScope.ALL), Map.of());
		TrustMaterial trust = TrustMaterial.of("test", tls, null);
		this.channel = ConnectChannel.builder(uri).sslContext(trust.httpSslContext()).proxyRoutes(routes).build();
	}

	private TlsSettings trusting(Path file) {
		return new TlsSettings(false, false, file, null);
	}

	private String call() {
		return ClientCalls
			.blockingUnaryCall(this.channel, ConnectServer.UNARY, CallOptions.DEFAULT, StringValue.of("hello"))
			.getValue();
	}

	private Status fail() {
		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, this::call);
		assertThat(failure).isNotNull();
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		return failure.getStatus();
	}

	@Test
	void whenTheAuthorityIsTrustedThenCallsPass() {
		try (ConnectServer server = encrypted()) {
			open(server.uri(), trusting(this.certificates.caFile()), null);
			assertThat(call()).isEqualTo("hello");
		}
	}

	@Test
	void whenAnotherAuthorityIsTrustedThenTheCauseSaysSo() {
		try (ConnectServer server = encrypted()) {
			TlsSettings tls = trusting(this.certificates.otherCaFile());
			open(server.uri(), tls, null);
			assertThat(TrustMaterial.of("test", tls, null).explain(fail().getCause())).isNotNull();
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void whenTheNameIsAnotherThenCallsFailUnlessNothingIsChecked() {
		try (ConnectServer server = encrypted()) {
			URI uri = URI.create("https://127.0.0.1:" + server.port());
			open(uri, trusting(this.certificates.caFile()), null);
			fail();
			assertThat(server.requests()).isEmpty();
			this.channel.shutdownNow();
			open(uri, new TlsSettings(false, true, null, null), null);
			assertThat(call()).isEqualTo("hello");
		}
	}

	@Test
	void whenThePortIsOneOfPlaintextThenTheCauseSaysSo() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
				try (Socket socket = server.accept()) {
					socket.getInputStream().read();
					socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
					socket.getInputStream().transferTo(OutputStream.nullOutputStream());
				}
				catch (IOException ex) {
					// The client has ended the connection.
				}
			});
			open(URI.create("https://localhost:" + server.getLocalPort()), trusting(this.certificates.caFile()), null);
			assertThat(fail().getCause()).hasStackTraceContaining("not an SSL/TLS record");
			answered.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void whenThereIsAProxyThenItsPasswordOpensATunnel() throws Exception {
		try (ConnectServer server = encrypted(); TestProxy proxy = TestProxy.start("user", "pass")) {
			open(URI.create("https://flyte.flyte.test:" + server.port()), trusting(this.certificates.caFile()),
					new HttpProxy("127.0.0.1", proxy.port(), "user", "pass"));
			assertThat(call()).isEqualTo("hello");
			assertThat(call()).isEqualTo("hello");
			assertThat(proxy.requests()).containsExactly("CONNECT flyte.flyte.test:" + server.port());
			assertThat(server.requests().get(0).headers()).doesNotContainKey("Proxy-authorization");
		}
	}

	@Test
	void whenTheServerIsInPlaintextThenTheProxyStillHasATunnel() throws Exception {
		try (ConnectServer server = ConnectServer.echo(); TestProxy proxy = TestProxy.start()) {
			open(URI.create("http://flyte.flyte.test:" + server.port()), new TlsSettings(true, false, null, null),
					new HttpProxy("127.0.0.1", proxy.port(), null, null));
			assertThat(call()).isEqualTo("hello");
			assertThat(proxy.requests()).containsExactly("CONNECT flyte.flyte.test:" + server.port());
		}
	}

	@Test
	void whenTheProxyRefusesThePasswordThenTheCauseSaysSo() throws Exception {
		try (ConnectServer server = encrypted(); TestProxy proxy = TestProxy.start("user", "pass")) {
			open(URI.create("https://flyte.flyte.test:" + server.port()), trusting(this.certificates.caFile()),
					new HttpProxy("127.0.0.1", proxy.port(), "user", "wrong"));
			assertThat(fail().getCause()).hasMessageContaining("status: 407");
			assertThat(fail().getCause()).isInstanceOf(ProxyRefusedException.class);
			assertThat(proxy.requests()).hasSize(1);
		}
	}

	@Test
	void whenAReverseProxyPassesHttp1ThenUnaryCallsAndStreamsPass() {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			if (request.path().endsWith("Unary")) {
				ConnectServer.reply(exchange, 200, UnaryResponse.TYPE, request.body());
			}
			else {
				ConnectServer.stream(exchange).write(ConnectServer.envelope(0, ConnectServer.message("one")));
				exchange.getResponseBody().write(ConnectServer.envelope(2, "{}".getBytes()));
			}
		}); ConnectServer front = ConnectServer.start((request, exchange) -> forward(server, request, exchange))) {
			open(front.uri(), new TlsSettings(true, false, null, null), null);
			assertThat(call()).isEqualTo("hello");
			Iterator<StringValue> stream = ClientCalls.blockingServerStreamingCall(this.channel, ConnectServer.STREAM,
					CallOptions.DEFAULT, StringValue.of("hello"));
			assertThat(stream.next().getValue()).isEqualTo("one");
			assertThat(stream.hasNext()).isFalse();
			assertThat(server.requests()).hasSize(2);
		}
	}

	// Takes in the whole request, and passes on neither trailers nor what belongs to one
	// connection, as a load balancer does.
	private static void forward(ConnectServer server, ConnectServer.Request request, HttpExchange exchange)
			throws IOException {
		HttpURLConnection connection = (HttpURLConnection) server.uri()
			.resolve(request.path())
			.toURL()
			.openConnection();
		connection.setDoOutput(true);
		request.headers().forEach((name, values) -> {
			if (!Set.of("Host", "Content-length", "Connection").contains(name)) {
				values.forEach((value) -> connection.addRequestProperty(name, value));
			}
		});
		connection.getOutputStream().write(request.body());
		exchange.getResponseHeaders().set("content-type", connection.getContentType());
		exchange.sendResponseHeaders(connection.getResponseCode(), 0);
		try (InputStream in = connection.getInputStream()) {
			in.transferTo(exchange.getResponseBody());
		}
	}

}
