package io.flyteconnect.internal.connectrpc;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.google.protobuf.StringValue;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.internal.connectrpc.wire.StreamResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ConnectChannel} with streams of the server.
 */
class ConnectStreamTests {

	private static final byte[] END = ConnectServer.envelope(2, "{}".getBytes());

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

	private Iterator<StringValue> call(ConnectServer server) {
		this.channel = ConnectChannel.builder(server.uri()).maxInboundMessageSize(100_000).build();
		return ClientCalls.blockingServerStreamingCall(this.channel, ConnectServer.STREAM, CallOptions.DEFAULT,
				StringValue.of("hello"));
	}

	private static List<String> read(Iterator<StringValue> stream) {
		List<String> texts = new ArrayList<>();
		stream.forEachRemaining((value) -> texts.add(value.getValue()));
		return texts;
	}

	private static ConnectServer.Answer writing(byte[]... parts) {
		return (request, exchange) -> {
			OutputStream out = ConnectServer.stream(exchange);
			for (byte[] part : parts) {
				out.write(part);
				out.flush();
			}
		};
	}

	private static byte[] message(String text) {
		return ConnectServer.envelope(0, ConnectServer.message(text));
	}

	@Test
	void whenAStreamHasMessagesThenAllComeInTheirOrder() throws Exception {
		byte[] packed = ConnectServer.envelope(1, ConnectServer.gzip(ConnectServer.message("two")));
		try (ConnectServer server = ConnectServer.start(writing(message("one"), packed, message("three"), END))) {
			assertThat(read(call(server))).containsExactly("one", "two", "three");
			ConnectServer.Request request = server.requests().get(0);
			assertThat(request.body()).isEqualTo(message("hello"));
			assertThat(request.header("content-type")).isEqualTo("application/connect+proto");
			assertThat(request.header("connect-accept-encoding")).isEqualTo("gzip");
		}
	}

	@Test
	void whenTheFirstMessageIsThereThenItIsNotHeldForTheNext() throws Exception {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			OutputStream out = ConnectServer.stream(exchange);
			out.write(message("one"));
			out.flush();
			this.released.await();
			out.write(END);
		})) {
			Iterator<StringValue> stream = call(server);
			assertThat(stream.next().getValue()).isEqualTo("one");
			this.released.countDown();
			assertThat(stream.hasNext()).isFalse();
		}
	}

	@Test
	void whenAStreamEndsByAnErrorThenItsMessagesComeFirst() {
		byte[] end = ConnectServer.envelope(2,
				"{\"error\":{\"code\":\"aborted\",\"message\":\"enough\"},\"metadata\":{\"x-text\":[\"a\",\"b\"]}}"
					.getBytes());
		try (ConnectServer server = ConnectServer.start(writing(message("one"), end))) {
			Iterator<StringValue> stream = call(server);
			assertThat(stream.next().getValue()).isEqualTo("one");
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(stream::hasNext).satisfies((failure) -> {
				assertThat(failure).hasMessage("ABORTED: enough");
				assertThat(failure.getTrailers().getAll(Metadata.Key.of("x-text", Metadata.ASCII_STRING_MARSHALLER)))
					.containsExactly("a", "b");
			});
		}
	}

	@Test
	void whenAStreamStopsWithoutItsEndThenThatIsAnError() {
		try (ConnectServer server = ConnectServer.start(writing(message("one")))) {
			Iterator<StringValue> stream = call(server);
			stream.next();
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(stream::hasNext)
				.withMessageContaining("The stream ended without saying how");
		}
	}

	@Test
	void whenTheConnectionEndsWithinAStreamThenTheCallIsUnavailable() {
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			exchange.getResponseHeaders().set("content-type", StreamResponse.TYPE);
			// More than comes.
			exchange.sendResponseHeaders(200, 10_000);
			exchange.getResponseBody().write(message("one"));
			exchange.getResponseBody().flush();
		})) {
			Iterator<StringValue> stream = call(server);
			stream.next();
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(stream::hasNext)
				.satisfies((failure) -> assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
		}
	}

	@Test
	void whenAMessageIsTooLargeThenItIsNotRead() {
		try (ConnectServer server = ConnectServer
			.start(writing(message("one"), new byte[] { 0, 0x7f, -1, -1, -1, 1, 2, 3 }))) {
			Iterator<StringValue> stream = call(server);
			stream.next();
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(stream::hasNext)
				.withMessageContaining("RESOURCE_EXHAUSTED")
				.withMessageContaining("2147483647");
		}
	}

	@Test
	void whenTheListenerFailsThenTheCallIsCancelled() {
		try (ConnectServer server = ConnectServer.start(writing(message("one"), message("two"), END))) {
			call(server);
			Reader reader = new Reader() {
				@Override
				public void onMessage(StringValue message) {
					super.onMessage(message);
					throw new IllegalStateException("bug");
				}
			};
			reader.start(this.channel).request(5);
			assertThat(reader.end).succeedsWithin(10, TimeUnit.SECONDS).satisfies((status) -> {
				assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
				assertThat(status.getCause()).hasMessage("bug");
			});
			assertThat(reader.messages).hasSize(1);
		}
	}

	@Test
	void whenTheReaderIsSlowThenTheServerWaits() throws Exception {
		int size = 64 * 1024;
		int count = 1000;
		AtomicLong written = new AtomicLong();
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			OutputStream out = ConnectServer.stream(exchange);
			byte[] message = message("x".repeat(size));
			for (int i = 0; i < count; i++) {
				out.write(message);
				written.incrementAndGet();
			}
			out.write(END);
		})) {
			this.channel = ConnectChannel.builder(server.uri()).build();
			Reader reader = new Reader();
			ClientCall<StringValue, StringValue> call = reader.start(this.channel);
			call.request(1);
			assertThat(reader.messages.poll(10, TimeUnit.SECONDS)).isNotNull();
			await().during(500, TimeUnit.MILLISECONDS).until(written::get, (now) -> now == written.get());
			// What the sockets of both sides hold is a few megabytes of 64.
			assertThat(written).hasValueLessThan(count / 2);
			assertThat(reader.messages).isEmpty();
			call.request(count);
			assertThat(reader.end).succeedsWithin(30, TimeUnit.SECONDS)
				.satisfies((status) -> assertThat(status.isOk()).isTrue());
			assertThat(reader.messages).hasSize(count - 1);
		}
	}

	@Test
	void whenAStreamIsCancelledThenTheServerNotices() throws Exception {
		CompletableFuture<Void> noticed = new CompletableFuture<>();
		try (ConnectServer server = ConnectServer.start((request, exchange) -> {
			OutputStream out = ConnectServer.stream(exchange);
			try {
				while (true) {
					out.write(message("x".repeat(1000)));
					out.flush();
				}
			}
			catch (IOException ex) {
				noticed.complete(null);
				throw ex;
			}
		})) {
			this.channel = ConnectChannel.builder(server.uri()).build();
			Reader reader = new Reader();
			ClientCall<StringValue, StringValue> call = reader.start(this.channel);
			call.request(1);
			assertThat(reader.messages.poll(10, TimeUnit.SECONDS)).isNotNull();
			call.cancel("enough", null);
			assertThat(reader.end).succeedsWithin(10, TimeUnit.SECONDS)
				.satisfies((status) -> assertThat(status.getDescription()).isEqualTo("enough"));
			assertThat(noticed).succeedsWithin(10, TimeUnit.SECONDS);
		}
	}

	/**
	 * Reads as much as it is told to.
	 */
	private static class Reader extends ClientCall.Listener<StringValue> {

		final BlockingQueue<StringValue> messages = new LinkedBlockingQueue<>();

		final CompletableFuture<Status> end = new CompletableFuture<>();

		ClientCall<StringValue, StringValue> start(ManagedChannel channel) {
			ClientCall<StringValue, StringValue> call = channel.newCall(ConnectServer.STREAM, CallOptions.DEFAULT);
			call.start(this, new Metadata());
			call.sendMessage(StringValue.of("hello"));
			call.halfClose();
			return call;
		}

		@Override
		public void onMessage(StringValue message) {
			this.messages.add(message);
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			this.end.complete(status);
		}

	}

}
