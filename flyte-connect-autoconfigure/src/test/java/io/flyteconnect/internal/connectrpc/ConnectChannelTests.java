package io.flyteconnect.internal.connectrpc;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.StringValue;
import com.google.rpc.ErrorInfo;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.flyteconnect.internal.connectrpc.wire.UnaryResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ConnectChannel} with unary calls over HTTP/1.1.
 */
class ConnectChannelTests {

	private static final Metadata.Key<String> TEXT = Metadata.Key.of("x-text", Metadata.ASCII_STRING_MARSHALLER);

	private static final Metadata.Key<byte[]> BYTES = Metadata.Key.of("x-bytes-bin", Metadata.BINARY_BYTE_MARSHALLER);

	private ManagedChannel channel;

	private final CountDownLatch released = new CountDownLatch(1);

	@AfterEach
	void end() throws InterruptedException {
		this.released.countDown();
		if (this.channel != null) {
			this.channel.shutdownNow();
			assertThat(this.channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	private ManagedChannel to(ConnectServer server) {
		this.channel = ConnectChannel.builder(server.uri()).maxInboundMessageSize(1000).build();
		return this.channel;
	}

	private static String call(Channel channel, CallOptions options, String text) {
		return ClientCalls.blockingUnaryCall(channel, ConnectServer.UNARY, options, StringValue.of(text)).getValue();
	}

	private static String call(Channel channel) {
		return call(channel, CallOptions.DEFAULT, "hello");
	}

	private static Status fail(Channel channel, CallOptions options) {
		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
				() -> call(channel, options, "hello"));
		assertThat(failure).isNotNull();
		return failure.getStatus();
	}

	private static Status fail(Channel channel) {
		return fail(channel, CallOptions.DEFAULT);
	}

	@Test
	void whenAStubCallsThenRequestIsThatOfConnect() {
		try (ConnectServer server = ConnectServer.echo()) {
			Metadata headers = new Metadata();
			headers.put(TEXT, "text");
			headers.put(BYTES, new byte[] { 1, -1 });
			Channel channel = ClientInterceptors.intercept(to(server),
					MetadataUtils.newAttachHeadersInterceptor(headers));
			assertThat(call(channel, CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.MINUTES), "hello"))
				.isEqualTo("hello");
			ConnectServer.Request request = server.requests().get(0);
			assertThat(request.path()).isEqualTo("/test.Service/Unary");
			assertThat(request.body()).isEqualTo(ConnectServer.message("hello"));
			assertThat(request.header("content-type")).isEqualTo("application/proto");
			assertThat(request.header("connect-protocol-version")).isEqualTo("1");
			assertThat(request.header("accept-encoding")).isEqualTo("gzip");
			assertThat(request.header("user-agent")).isEqualTo("flyte-connect");
			assertThat(request.header("host")).isEqualTo("localhost:" + server.port());
			assertThat(Integer.parseInt(request.header("connect-timeout-ms"))).isBetween(1, 60_000);
			assertThat(request.header("x-text")).isEqualTo("text");
			assertThat(request.header("x-bytes-bin")).isEqualTo("Af8");
		}
	}

	@Test
	void whenTheServerIsBelowAPathThenThatComesFirst() {
		try (ConnectServer server = ConnectServer.echo()) {
			this.channel = ConnectChannel.builder(server.uri().resolve("/flyte/")).build();
			call(this.channel);
			assertThat(server.requests().get(0).path()).isEqualTo("/flyte/test.Service/Unary");
		}
	}

	@Test
	void whenOneCallFollowsAnotherThenTheConnectionIsTheSame() {
		try (ConnectServer server = ConnectServer.echo()) {
			to(server);
			call(this.channel);
			call(this.channel);
			this.channel.enterIdle();
			call(this.channel);
			List<Integer> from = server.requests().stream().map(ConnectServer.Request::from).toList();
			assertThat(from.get(1)).isEqualTo(from.get(0));
			assertThat(from.get(2)).isNotEqualTo(from.get(0));
		}
	}

	@Test
	void whenNoMoreConnectionsAreAllowedThenACallWaitsForTheOther() throws Exception {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			if (exchange.getRequestHeaders().containsKey("x-text")) {
				this.released.await();
			}
			ConnectServer.reply(exchange, 200, UnaryResponse.TYPE, request.body());
		})) {
			this.channel = ConnectChannel.builder(server.uri()).maxConnections(1).build();
			Metadata slow = new Metadata();
			slow.put(TEXT, "slow");
			CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> call(
					ClientInterceptors.intercept(this.channel, MetadataUtils.newAttachHeadersInterceptor(slow))));
			await().until(() -> server.requests().size() == 1);
			CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> call(this.channel));
			Status late = fail(this.channel, CallOptions.DEFAULT.withDeadlineAfter(100, TimeUnit.MILLISECONDS));
			assertThat(late.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
			assertThat(late.getDescription()).contains("was_still_waiting");
			assertThat(server.requests()).hasSize(1);
			this.released.countDown();
			assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(server.requests().get(1).from()).isEqualTo(server.requests().get(0).from());
		}
	}

	@Test
	void whenCompressionIsAskedForThenRequestAndAnswerAreGzip() {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			exchange.getResponseHeaders().set("content-encoding", "gzip");
			ConnectServer.reply(exchange, 200, UnaryResponse.TYPE, request.body());
		})) {
			assertThat(call(to(server), CallOptions.DEFAULT.withCompression("gzip"), "hello")).isEqualTo("hello");
			ConnectServer.Request request = server.requests().get(0);
			assertThat(request.header("content-encoding")).isEqualTo("gzip");
			assertThat(request.body()).startsWith(0x1f, 0x8b);
		}
	}

	@Test
	void whenAnotherCompressionIsAskedForThenThatIsSaid() {
		try (ConnectServer server = ConnectServer.echo()) {
			assertThat(fail(to(server), CallOptions.DEFAULT.withCompression("snappy")).getDescription())
				.contains("'snappy'");
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void whenTheAnswerIsAnErrorThenCodeTextAndDetailsAreThere() {
		byte[] detail = ErrorInfo.newBuilder().setReason("because").build().toByteArray();
		String json = "{\"code\":\"not_found\",\"message\":\"no run\",\"details\":[{\"type\":\"google.rpc.ErrorInfo\","
				+ "\"value\":\"" + Base64.getEncoder().withoutPadding().encodeToString(detail) + "\"}]}";
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			exchange.getResponseHeaders().set("trailer-x-text", "at the end");
			ConnectServer.reply(exchange, 404, "application/json; charset=utf-8", json);
		})) {
			to(server);
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> call(this.channel))
				.satisfies((failure) -> {
					assertThat(failure).hasMessage("NOT_FOUND: no run");
					assertThat(failure.getTrailers().get(TEXT)).isEqualTo("at the end");
					assertThat(StatusProto.fromThrowable(failure).getDetails(0).unpack(ErrorInfo.class).getReason())
						.isEqualTo("because");
				});
		}
	}

	@ParameterizedTest
	@CsvSource({ "401, UNAUTHENTICATED", "403, PERMISSION_DENIED", "404, UNIMPLEMENTED", "503, UNAVAILABLE",
			"200, UNKNOWN" })
	void whenAnIngressAnswersByAPageThenItsWordsAreSaid(int status, Status.Code code) {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> ConnectServer.reply(exchange, status,
				"text/html", "<html><head><title>x</title></head><script>secret()</script><h1>Please\n log in</h1>"))) {
			Status end = fail(to(server));
			assertThat(end.getCode()).isEqualTo(code);
			assertThat(end.getDescription())
				.isEqualTo("HTTP status code " + status + ", invalid content-type: text/html: Please log in");
		}
	}

	@Test
	void whenTheAnswerIsARedirectThenItIsNotFollowed() {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			exchange.getResponseHeaders().set("location", "/login?state=secret");
			ConnectServer.reply(exchange, 302, "text/plain", "");
		})) {
			Status end = fail(to(server));
			assertThat(end.getCode()).isEqualTo(Status.Code.UNKNOWN);
			assertThat(end.getDescription()).contains("302").contains("(location=/login)").doesNotContain("secret");
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void whenTheAnswerIsTooLargeThenTheSettingIsNamed() {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> ConnectServer.reply(exchange, 200,
				UnaryResponse.TYPE, ConnectServer.message("x".repeat(2000))))) {
			Status end = fail(to(server));
			assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
			assertThat(end.getDescription()).contains("flyte.channel.max-message-size");
			assertThat(call(this.channel, CallOptions.DEFAULT.withMaxInboundMessageSize(5000), "")).hasSize(2000);
		}
	}

	@Test
	void whenAFewBytesUnpackToTooManyThenTheyAreNotUnpacked() {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			exchange.getResponseHeaders().set("content-encoding", "gzip");
			ConnectServer.reply(exchange, 200, UnaryResponse.TYPE, ConnectServer.gzip(new byte[200_000]));
		})) {
			assertThat(fail(to(server)).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
		}
	}

	@Test
	void whenTheConnectionEndsWithinTheAnswerThenTheCallIsUnavailable() {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			exchange.getResponseHeaders().set("content-type", UnaryResponse.TYPE);
			exchange.sendResponseHeaders(200, 100);
			exchange.getResponseBody().write(ConnectServer.message("one"));
			exchange.getResponseBody().flush();
		})) {
			Status end = fail(to(server));
			assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
			assertThat(end.getDescription()).isEqualTo("the connection ended within the answer");
		}
	}

	@Test
	void whenTheServerIsSilentThenTheDeadlineEndsTheCall() {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> this.released.await())) {
			Status end = fail(to(server), CallOptions.DEFAULT.withDeadlineAfter(200, TimeUnit.MILLISECONDS));
			assertThat(end.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
			assertThat(end.getDescription()).doesNotContain("was_still_waiting");
			this.released.countDown();
		}
	}

	@Test
	void whenTheContextIsCancelledThenTheCallIs() throws Exception {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> this.released.await())) {
			to(server);
			Context.CancellableContext context = Context.current().withCancellation();
			CompletableFuture<Status> end = CompletableFuture.supplyAsync(() -> {
				try {
					return context.call(() -> fail(this.channel));
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			});
			await().until(() -> !server.requests().isEmpty());
			context.cancel(null);
			assertThat(end.get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.CANCELLED);
			this.released.countDown();
		}
	}

	@Test
	void whenACallHasCredentialsThenTheyAreSentOrEndIt() {
		try (ConnectServer server = ConnectServer.echo()) {
			CallOptions options = CallOptions.DEFAULT.withCallCredentials(new CallCredentials() {
				@Override
				public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
					assertThat(info.getSecurityLevel()).isEqualTo(SecurityLevel.NONE);
					Metadata headers = new Metadata();
					headers.put(TEXT, info.getMethodDescriptor().getBareMethodName());
					executor.execute(() -> applier.apply(headers));
				}
			});
			call(to(server), options, "hello");
			assertThat(server.requests().get(0).header("x-text")).isEqualTo("Unary");
			Status end = fail(this.channel, CallOptions.DEFAULT.withCallCredentials(new CallCredentials() {
				@Override
				public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
					applier.fail(Status.UNAUTHENTICATED.withDescription("nobody"));
				}
			}));
			assertThat(end.getDescription()).isEqualTo("nobody");
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void whenRequestsAreAStreamThenTheCallIsRefused() {
		try (ConnectServer server = ConnectServer.echo()) {
			CompletableFuture<Status> end = new CompletableFuture<>();
			ClientCalls.asyncClientStreamingCall(to(server).newCall(ConnectServer.UPLOAD, CallOptions.DEFAULT),
					new Observer(end));
			assertThat(end).succeedsWithin(10, TimeUnit.SECONDS)
				.satisfies((status) -> assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void whenTheChannelIsShutDownThenCallsUnderWayFinish() throws Exception {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			this.released.await();
			ConnectServer.reply(exchange, 200, UnaryResponse.TYPE, request.body());
		})) {
			to(server);
			assertThat(this.channel.getState(false)).isEqualTo(ConnectivityState.IDLE);
			CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> call(this.channel));
			await().until(() -> !server.requests().isEmpty());
			assertThat(this.channel.getState(false)).isEqualTo(ConnectivityState.READY);
			this.channel.shutdown();
			assertThat(this.channel.getState(false)).isEqualTo(ConnectivityState.SHUTDOWN);
			assertThat(fail(this.channel).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
			assertThat(this.channel.isTerminated()).isFalse();
			this.released.countDown();
			assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(this.channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
			await().until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.isAlive() && thread.getName().contains("localhost:" + server.port())));
		}
	}

	@Test
	void whenTheChannelIsShutDownNowThenCallsUnderWayEnd() throws Exception {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> this.released.await())) {
			to(server);
			CompletableFuture<Status> call = CompletableFuture.supplyAsync(() -> fail(this.channel));
			await().until(() -> !server.requests().isEmpty());
			this.channel.shutdownNow();
			assertThat(call.get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
			this.released.countDown();
		}
	}

	@Test
	void whenAConnectionIsNotUsedThenItEnds() {
		try (ConnectServer server = ConnectServer.echo()) {
			this.channel = ConnectChannel.builder(server.uri()).idleTimeout(Duration.ofMillis(50)).build();
			call(this.channel);
			await().until(() -> this.channel.getState(false) == ConnectivityState.IDLE);
			CompletableFuture<Void> connecting = new CompletableFuture<>();
			this.channel.notifyWhenStateChanged(ConnectivityState.IDLE, () -> connecting.complete(null));
			call(this.channel);
			assertThat(connecting).succeedsWithin(10, TimeUnit.SECONDS);
			assertThat(server.requests().get(1).from()).isNotEqualTo(server.requests().get(0).from());
		}
	}

	@Test
	void whenNobodyListensThenCallsFailAndPatientOnesWait() {
		int port;
		try (ConnectServer server = ConnectServer.echo()) {
			port = server.port();
		}
		this.channel = ConnectChannel.builder(URI.create("http://localhost:" + port)).build();
		Status end = fail(this.channel);
		assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(end.getCause()).isInstanceOf(ConnectException.class);
		assertThat(this.channel.getState(false)).isEqualTo(ConnectivityState.TRANSIENT_FAILURE);
		assertThat(
				fail(this.channel, CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(200, TimeUnit.MILLISECONDS))
					.getCode())
			.isEqualTo(Status.Code.DEADLINE_EXCEEDED);
	}

	/**
	 * Waits for the end.
	 *
	 * @param end takes it
	 */
	private record Observer(CompletableFuture<Status> end) implements StreamObserver<StringValue> {

		@Override
		public void onNext(StringValue value) {
		}

		@Override
		public void onError(Throwable failure) {
			this.end.complete(Status.fromThrowable(failure));
		}

		@Override
		public void onCompleted() {
			this.end.complete(Status.OK);
		}

	}

}
