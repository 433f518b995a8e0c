package io.flyteconnect.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.netty.resolver.DefaultNameResolver;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.internal.http.HttpExchangeException.Failure;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.tls.TrustMaterial;
import io.flyteconnect.testsupport.FaultProxy;
import io.flyteconnect.testsupport.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FlyteHttpClient} without TLS and proxy: what goes over the wire, and
 * servers that misbehave.
 */
@Tag("fault")
class FlyteHttpClientTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Answer: yes\r\n\r\nok";

	private final FlyteHttpClient client = TestClients.client();

	@AfterEach
	void closeClient() {
		this.client.close();
	}

	@Test
	void whenFormIsPostedThenServerGetsItAsItIs() throws Exception {
		try (RawServer server = RawServer.answering(OK)) {
			String body = RestClient.builder()
				.requestFactory(this.client)
				.build()
				.post()
				.uri(server.uri("/oauth2/token?tenant=a%20b#part"))
				.header("Authorization", "Basic Zmx5dGU6c2VjcmV0")
				.header("Proxy-Authorization", "Bearer iap")
				.header("Cookie", "kept=yes")
				.contentType(MediaType.APPLICATION_FORM_URLENCODED)
				.body("grant_type=client_credentials")
				.retrieve()
				.body(String.class);
			assertThat(body).isEqualTo("ok");
			assertThat(server.requests().get(0)).startsWith("POST /oauth2/token?tenant=a%20b HTTP/1.1\r\n")
				.endsWith("\r\n\r\ngrant_type=client_credentials");
			assertThat(server.header("Host")).isEqualTo("localhost:" + server.port());
			assertThat(server.header("Authorization")).isEqualTo("Basic Zmx5dGU6c2VjcmV0");
			assertThat(server.header("Proxy-Authorization")).isEqualTo("Bearer iap");
			assertThat(server.header("Connection")).isEqualTo("close");
			assertThat(server.header("Accept-Encoding")).isEqualTo("identity");
			assertThat(server.header("Content-Length")).isEqualTo("29");
			assertThat(server.header("Expect")).isNull();
		}
	}

	@Test
	void whenAnswerComesThenStatusHeadersAndBodyAreThere() throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 401 Go away\r\nWWW-Authenticate: Basic\r\n"
				+ "X-Many: a\r\nX-Many: b\r\nContent-Length: 4\r\n\r\nbody")) {
			try (ClientHttpResponse response = this.client.createRequest(server.uri(""), HttpMethod.GET).execute()) {
				assertThat(response.getStatusCode().value()).isEqualTo(401);
				assertThat(response.getStatusText()).isEqualTo("Go away");
				assertThat(response.getHeaders().get("x-many")).containsExactly("a", "b");
				assertThat(response.getBody()).hasContent("body");
			}
			assertThat(server.requests().get(0)).startsWith("GET / HTTP/1.1\r\n").doesNotContain("content-length");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\n\r\nuntil the end",
			"HTTP/1.0 200 OK\r\nContent-Length: 13\r\n\r\nuntil the end",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nuntil \r\n7;x=y\r\nthe end\r\n0\r\n\r\n",
			"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nuntil the end" })
	void whenBodyEndsInAnyLawfulWayThenItIsComplete(String answer) throws Exception {
		try (RawServer server = RawServer.answering(answer)) {
			assertThat(TestClients.get(this.client, server.uri("/"))).isEqualTo("until the end");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenAConnectionIsSwallowedThenItIsClosedAndTheNextRequestTakesANewOne(boolean both) throws Exception {
		CountDownLatch swallowed = new CountDownLatch(1);
		try (RawServer server = RawServer.answering((out) -> {
			swallowed.await();
			out.write(OK.getBytes(StandardCharsets.ISO_8859_1));
		});
				FaultProxy relay = FaultProxy.to(server.port());
				FlyteHttpClient hasty = TestClients.client("test",
						TrustMaterial.of("test", TestClients.JVM_TRUST, null), null, Duration.ofSeconds(1),
						DataSize.ofKilobytes(1))) {
			URI uri = URI.create("http://localhost:" + relay.port() + "/token");
			relay.swallowNew(both);
			TestClients.assertFails(Failure.TIMEOUT, () -> TestClients.get(hasty, uri));
			relay.swallow();
			relay.swallowNew(false);
			swallowed.countDown();
			assertThat(TestClients.get(hasty, uri)).isEqualTo("ok");
			assertThat(relay.accepted()).isEqualTo(2);
			Awaitility.await().until(() -> relay.open() == 0);
			assertThat(server.requests()).hasSize(both ? 1 : 2);
		}
	}

	@Test
	void whenServerRedirectsAndSetsCookieThenNeitherIsFollowed() throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n"
				+ "Set-Cookie: session=1\r\nContent-Length: 0\r\n\r\n")) {
			for (int i = 0; i < 2; i++) {
				try (ClientHttpResponse response = this.client.createRequest(server.uri("/"), HttpMethod.GET)
					.execute()) {
					assertThat(response.getStatusCode().value()).isEqualTo(302);
				}
			}
			assertThat(server.requests()).hasSize(2)
				.allSatisfy((request) -> assertThat(request).doesNotContainIgnoringCase("cookie")
					.doesNotContain("elsewhere"));
		}
	}

	@Test
	void whenHeaderWouldBreakTheRequestThenItIsRefusedWithoutItsValue() throws Exception {
		try (RawServer server = RawServer.answering(OK)) {
			ClientHttpRequest request = this.client.createRequest(server.uri("/"), HttpMethod.GET);
			request.getHeaders().set("Authorization", "Bearer hidden\r\nInjected: yes");
			assertThatIllegalArgumentException().isThrownBy(request::execute)
				.satisfies((ex) -> assertThat(ex.toString()).doesNotContain("hidden").doesNotContain("Injected"));
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void whenGzipComesUnaskedThenItIsUnpacked() throws Exception {
		byte[] packed = gzip("a token answer".getBytes(StandardCharsets.UTF_8));
		try (RawServer server = gzipServer(packed)) {
			try (ClientHttpResponse response = this.client.createRequest(server.uri("/"), HttpMethod.GET).execute()) {
				assertThat(response.getBody()).hasContent("a token answer");
				assertThat(response.getHeaders().containsHeader(HttpHeaders.CONTENT_ENCODING)).isFalse();
				assertThat(response.getHeaders().getContentLength()).isEqualTo(14);
			}
			ClientHttpRequest asking = this.client.createRequest(server.uri("/"), HttpMethod.GET);
			asking.getHeaders().set(HttpHeaders.ACCEPT_ENCODING, "gzip");
			try (ClientHttpResponse response = asking.execute()) {
				assertThat(response.getBody().readAllBytes()).isEqualTo(packed);
			}
		}
	}

	@Test
	void whenGzipHasSeveralMembersThenAllAreUnpacked() throws Exception {
		byte[] members = Stream.of("a token ", "answer")
			.map((part) -> gzip(part.getBytes(StandardCharsets.UTF_8)))
			.collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes, (one, other) -> {
			})
			.toByteArray();
		try (RawServer server = gzipServer(members)) {
			assertThat(TestClients.get(this.client, server.uri("/"))).isEqualTo("a token answer");
		}
	}

	@Test
	void whenGzipGrowsBeyondTheLimitThenItIsTooLarge() throws Exception {
		byte[] bomb = gzip(new byte[64 * 1024 * 1024]);
		assertThat(bomb.length).isLessThan(128 * 1024);
		try (RawServer server = gzipServer(bomb)) {
			TestClients.assertFails(Failure.TOO_LARGE, () -> TestClients.get(this.client, server.uri("/")));
		}
	}

	static Stream<Arguments> brokenEncodings() {
		byte[] packed = gzip("a token answer".getBytes(StandardCharsets.UTF_8));
		byte[] changed = packed.clone();
		changed[packed.length - 5] ^= 1;
		return Stream.of(Arguments.of("gzip", "not gzip".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("gzip", Arrays.copyOf(packed, packed.length - 12)),
				Arguments.of("gzip", Arrays.copyOf(packed, packed.length - 1)), Arguments.of("gzip", changed),
				Arguments.of("x-gzip", "x".getBytes(StandardCharsets.UTF_8)), Arguments.of("unknown", packed));
	}

	@ParameterizedTest
	@MethodSource("brokenEncodings")
	void whenAnswerCannotBeUnpackedThenErrorSaysSo(String encoding, byte[] body) throws Exception {
		try (RawServer server = encodedServer(encoding, body)) {
			TestClients.assertFails(Failure.NOT_HTTP, () -> TestClients.get(this.client, server.uri("/")))
				.extracting(Throwable::getMessage)
				.asString()
				.endsWith("the answer has a content encoding that cannot be unpacked");
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Content-Length: 2000000\r\n\r\n", "\r\n", "Transfer-Encoding: chunked\r\n\r\n200000\r\n" })
	void whenAnswerIsLargerThanAllowedThenErrorNamesTheLimit(String head) throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		try (RawServer server = RawServer.answering((out) -> {
			try {
				out.write(("HTTP/1.1 200 OK\r\n" + head).getBytes(StandardCharsets.ISO_8859_1));
				byte[] block = new byte[64 * 1024];
				while (true) {
					out.write(block);
				}
			}
			finally {
				ended.countDown();
			}
		})) {
			TestClients.assertFails(Failure.TOO_LARGE, () -> TestClients.get(this.client, server.uri("/")))
				.extracting(Throwable::getMessage)
				.asString()
				.contains("GET http://localhost:" + server.port() + "/: the answer is larger than 1048576B");
			assertThat(ended.await(15, TimeUnit.SECONDS)).as("connection is closed at once").isTrue();
		}
	}

	@Test
	void whenHeadersAreEndlessThenAnswerIsTooLarge() throws Exception {
		try (RawServer server = RawServer
			.answering("HTTP/1.1 200 OK\r\n" + "X-Filler: hidden-value-hidden-value\r\n".repeat(4000) + "\r\n")) {
			TestClients.assertFails(Failure.TOO_LARGE, () -> TestClients.get(this.client, server.uri("/")))
				.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain("hidden-value"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "hidden garbage that is no HTTP\r\n\r\nmore", "SSH-2.0-hidden\r\nx\r\n",
			"HTTP/1.1 hidden OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: hidden\r\n\r\nx",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhidden\r\nx" })
	void whenAnswerIsNotHttpThenErrorSaysSoWithoutRepeatingIt(String answer) throws Exception {
		try (RawServer server = RawServer.answering(answer)) {
			TestClients.assertFails(Failure.NOT_HTTP, () -> TestClients.get(this.client, server.uri("/")))
				.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain("hidden"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n" })
	void whenConnectionIsCutThenErrorSaysSo(String answer) throws Exception {
		try (RawServer server = RawServer.answering(answer)) {
			TestClients.assertFails(Failure.CUT, () -> TestClients.get(this.client, server.uri("/")))
				.extracting(Throwable::getMessage)
				.asString()
				.endsWith("the connection ended before the answer was complete");
		}
	}

	@Test
	void whenServerDripsThenTotalTimeEndsTheRequest() throws Exception {
		try (FlyteHttpClient impatient = impatient(); RawServer server = RawServer.answering((out) -> {
			out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
			for (int i = 0; i < 1000; i++) {
				out.write('x');
				out.flush();
				Thread.sleep(20);
			}
		})) {
			long start = System.nanoTime();
			TestClients.assertFails(Failure.TIMEOUT, () -> TestClients.get(impatient, server.uri("/token?secret=1")))
				.extracting(Throwable::getMessage)
				.isEqualTo("GET http://localhost:" + server.port()
						+ "/token: no complete answer within 500 ms (flyte.credentials.request-timeout)");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
		}
	}

	@Test
	void whenServerIsSilentThenTotalTimeEndsTheRequestWithTlsToo() throws Exception {
		try (FlyteHttpClient impatient = impatient();
				ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			for (String scheme : new String[] { "http", "https" }) {
				URI uri = URI.create(scheme + "://localhost:" + silent.getLocalPort() + "/");
				TestClients.assertFails(Failure.TIMEOUT, () -> TestClients.get(impatient, uri));
			}
		}
	}

	@Test
	void whenNobodyListensThenErrorNamesServer() throws Exception {
		int port = FreePorts.reserve();
		TestClients
			.assertFails(Failure.CONNECT,
					() -> TestClients.get(this.client,
							URI.create("http://user:hidden@localhost:" + port + "/a?b=hidden")))
			.satisfies((ex) -> assertThat(ex.getMessage())
				.startsWith("GET http://localhost:" + port + "/a: cannot connect to the server (Connection refused")
				.doesNotContain("hidden"));
	}

	@Test
	void whenHostIsUnknownThenErrorNamesIt() {
		TestClients
			.assertFails(Failure.CONNECT,
					() -> TestClients.get(this.client, URI.create("https://no-such-host.invalid/token")))
			.extracting(Throwable::getMessage)
			.isEqualTo("GET https://no-such-host.invalid:443/token: the host name 'no-such-host.invalid' of the server"
					+ " is unknown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://host/", "mailto:someone", "/relative", "http://under_score/" })
	void whenUrlCannotBeCalledThenErrorSaysSo(String uri) {
		TestClients.assertFails(Failure.ADDRESS, () -> TestClients.get(this.client, URI.create(uri)));
	}

	@Test
	void whenCallerIsInterruptedThenItStopsWaitingAndStaysInterrupted() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CompletableFuture<Boolean> flag = new CompletableFuture<>();
		try (RawServer server = RawServer.answering((out) -> {
			asked.countDown();
			Thread.sleep(120_000);
		})) {
			Thread caller = new Thread(() -> {
				TestClients.assertFails(Failure.INTERRUPTED, () -> TestClients.get(this.client, server.uri("/")));
				flag.complete(Thread.currentThread().isInterrupted());
			});
			caller.start();
			assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
			caller.interrupt();
			assertThat(flag.get(60, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void whenNoRequestIsInProgressThenThereIsNoThread() throws Exception {
		try (RawServer server = RawServer.answering(OK);
				FlyteHttpClient idle = TestClients.client("idle", TrustMaterial.of("idle", TestClients.JVM_TRUST, null),
						null, Duration.ofSeconds(30), DataSize.ofMegabytes(1))) {
			for (int i = 0; i < 3; i++) {
				assertThat(TestClients.get(idle, server.uri("/"))).isNotNull();
				awaitNoThread("flyte-idle-http");
			}
			List<CompletableFuture<String>> requests = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				requests.add(CompletableFuture.supplyAsync(() -> body(idle, server)));
			}
			for (CompletableFuture<String> request : requests) {
				assertThat(request.get(60, TimeUnit.SECONDS)).isEqualTo("ok");
			}
			awaitNoThread("flyte-idle-http");
		}
	}

	@Test
	void whenClientIsClosedThenRequestUnderWayFailsAndThreadEnds() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		try (RawServer server = RawServer.answering((out) -> {
			asked.countDown();
			Thread.sleep(120_000);
		})) {
			FlyteHttpClient closing = TestClients.client("closing",
					TrustMaterial.of("closing", TestClients.JVM_TRUST, null), null, Duration.ofSeconds(30),
					DataSize.ofMegabytes(1));
			assertThat(threadsNamed("flyte-closing-http")).as("no thread before the first request").isZero();
			CompletableFuture<Void> request = CompletableFuture.runAsync(
					() -> TestClients.assertFails(Failure.CLOSED, () -> TestClients.get(closing, server.uri("/"))));
			assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
			assertThat(threadsNamed("flyte-closing-http")).isEqualTo(1);
			closing.close();
			request.get(60, TimeUnit.SECONDS);
			TestClients.assertFails(Failure.CLOSED, () -> TestClients.get(closing, server.uri("/")));
			awaitNoThread("flyte-closing-http");
			closing.close();
		}
	}

	@Test
	void whenRequestsRunAtOnceThenASlowOneHoldsNoOther() throws Exception {
		try (RawServer slow = RawServer.answering((out) -> Thread.sleep(120_000));
				RawServer quick = RawServer.answering(OK)) {
			CompletableFuture<Void> waiting = CompletableFuture.runAsync(
					() -> TestClients.assertFails(Failure.CLOSED, () -> TestClients.get(this.client, slow.uri("/"))));
			for (int i = 0; i < 20; i++) {
				assertThat(TestClients.get(this.client, quick.uri("/"))).isEqualTo("ok");
			}
			this.client.close();
			waiting.get(60, TimeUnit.SECONDS);
		}
	}

	@Test
	void whenFirstAddressIsDeadThenNextIsTried() throws Exception {
		InetAddress dead = InetAddress.getByName("127.0.0.2");
		InetAddress alive = InetAddress.getByName("127.0.0.1");
		try (RawServer server = RawServer.answering(OK);
				FlyteHttpClient client = lookingUp((host) -> List.of(dead, alive));
				FlyteHttpClient hopeless = lookingUp((host) -> List.of(dead, dead))) {
			assertThat(TestClients.get(client, server.uri("flyte.test", "/"))).isEqualTo("ok");
			TestClients.assertFails(Failure.CONNECT, () -> TestClients.get(hopeless, server.uri("flyte.test", "/")));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void whenLookUpHangsThenTotalTimeEndsTheRequestAndOthersGoOn() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		try (RawServer server = RawServer.answering(OK); FlyteHttpClient client = lookingUp((host) -> {
			if (host.equals("hanging.test")) {
				await(end);
			}
			return List.of(InetAddress.getLoopbackAddress());
		})) {
			CompletableFuture<Void> hanging = CompletableFuture.runAsync(() -> TestClients.assertFails(Failure.TIMEOUT,
					() -> TestClients.get(client, URI.create("https://hanging.test/"))));
			assertThat(TestClients.get(client, server.uri("/"))).isEqualTo("ok");
			hanging.get(60, TimeUnit.SECONDS);
		}
		finally {
			end.countDown();
		}
	}

	@Test
	void whenUsedByRestClientThenFailureIsTheCause() throws Exception {
		int port = FreePorts.reserve();
		RestClient restClient = RestClient.builder().requestFactory(this.client).build();
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> restClient.get().uri("http://localhost:" + port + "/").retrieve().toBodilessEntity())
			.withCauseInstanceOf(HttpExchangeException.class);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static FlyteHttpClient lookingUp(Function<String, List<InetAddress>> addresses) {
		ProxyRoutes routes = ProxyRoutes.of(new HttpProxySettings(null, HttpProxyScope.ALL), Map.of());
		return new FlyteHttpClient("test", TrustMaterial.of("test", TestClients.JVM_TRUST, null), routes,
				Duration.ofSeconds(20), Duration.ofSeconds(4), DataSize.ofMegabytes(1),
				new DefaultNameResolver(ImmediateEventExecutor.INSTANCE) {
					@Override
					protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
						promise.setSuccess(addresses.apply(host));
					}
				});
	}

	private static FlyteHttpClient impatient() {
		return TestClients.client("test", TrustMaterial.of("test", TestClients.JVM_TRUST, null), null,
				Duration.ofMillis(500), DataSize.ofMegabytes(1));
	}

	private static RawServer gzipServer(byte[] body) {
		return encodedServer("gzip", body);
	}

	private static RawServer encodedServer(String encoding, byte[] body) {
		return RawServer.answering((out) -> {
			out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + "\r\nContent-Length: " + body.length
					+ "\r\n\r\n")
				.getBytes(StandardCharsets.ISO_8859_1));
			out.write(body);
		});
	}

	private static byte[] gzip(byte[] plain) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
			out.write(plain);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return packed.toByteArray();
	}

	private static String body(FlyteHttpClient client, RawServer server) {
		try {
			return TestClients.get(client, server.uri("/"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void awaitNoThread(String name) throws InterruptedException {
		for (int i = 0; i < 400 && threadsNamed(name) > 0; i++) {
			Thread.sleep(50);
		}
		assertThat(threadsNamed(name)).isZero();
	}

	private static long threadsNamed(String name) {
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> thread.getName().equals(name)).count();
	}

	private static String stackTrace(Throwable ex) {
		StringWriter text = new StringWriter();
		ex.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
