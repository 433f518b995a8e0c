package io.flyteconnect.internal.connectrpc;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.protobuf.StringValue;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.AttributeKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.internal.connectrpc.wire.StreamResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ConnectChannel} over HTTP/2.
 */
class ConnectHttp2Tests {

	private ManagedChannel channel;

	@AfterEach
	void end() throws InterruptedException {
		this.channel.shutdownNow();
		assertThat(this.channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	private void open(Http2Server server) {
		this.channel = ConnectChannel.builder(server.uri()).http2WithPriorKnowledge(true).build();
	}

	private String call() {
		return ClientCalls
			.blockingUnaryCall(this.channel, ConnectServer.UNARY,
					CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), StringValue.of("hello"))
			.getValue();
	}

	// With two processors, the pool of all has one thread on Java 25.
	private static void inThread(Runnable task) {
		new Thread(task).start();
	}

	@Test
	void whenCallsAreConcurrentThenTheyShareAConnection() throws Exception {
		try (Http2Server server = Http2Server.start((stream) -> {
		})) {
			open(server);
			CompletableFuture<String> first = CompletableFuture.supplyAsync(this::call, ConnectHttp2Tests::inThread);
			CompletableFuture<String> second = CompletableFuture.supplyAsync(this::call, ConnectHttp2Tests::inThread);
			await().until(() -> server.streams().size() == 2);
			assertThat(server.streams().get(0).connection()).isSameAs(server.streams().get(1).connection());
			server.streams().forEach(Http2Server.Stream::echo);
			assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
		}
	}

	@Test
	void whenTheStreamsOfAConnectionAreUsedUpThenAnotherIsOpened() throws Exception {
		try (Http2Server server = Http2Server.start(1, (stream) -> {
		})) {
			open(server);
			CompletableFuture<String> first = CompletableFuture.supplyAsync(this::call, ConnectHttp2Tests::inThread);
			CompletableFuture<String> second = CompletableFuture.supplyAsync(this::call, ConnectHttp2Tests::inThread);
			await().until(() -> server.streams().size() == 2);
			assertThat(server.streams().get(0).connection()).isNotSameAs(server.streams().get(1).connection());
			server.streams().forEach(Http2Server.Stream::echo);
			assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
		}
	}

	@Test
	void whenTheServerRefusesAStreamThenTheCallIsSentAgain() {
		AtomicInteger calls = new AtomicInteger();
		try (Http2Server server = Http2Server.start((stream) -> {
			if (calls.incrementAndGet() < 3) {
				stream.write(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
			}
			else {
				stream.echo();
			}
		})) {
			open(server);
			assertThat(call()).isEqualTo("hello");
			assertThat(server.streams()).hasSize(3);
		}
	}

	@Test
	void whenTheServerRefusesAllStreamsThenTheCallEnds() {
		try (Http2Server server = Http2Server
			.start((stream) -> stream.write(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM)))) {
			open(server);
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(this::call)
				.withMessageContaining("UNAVAILABLE");
			assertThat(server.streams()).hasSize(5);
		}
	}

	@Test
	void whenTheServerResetsAStreamThenTheCallIsNotSentAgain() {
		try (Http2Server server = Http2Server
			.start((stream) -> stream.write(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR)))) {
			open(server);
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(this::call)
				.withMessageContaining("UNAVAILABLE")
				.withMessageContaining("INTERNAL_ERROR");
			assertThat(server.streams()).hasSize(1);
		}
	}

	@Test
	void whenTheServerGoesAwayThenTheCallFinishesAndTheNextHasANewConnection() throws Exception {
		try (Http2Server server = Http2Server.start((stream) -> {
			if (stream.connection().attr(AttributeKey.valueOf("seen")).setIfAbsent(true) == null) {
				DefaultHttp2GoAwayFrame end = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
				end.setExtraStreamIds(0);
				stream.connection().writeAndFlush(end);
			}
			stream.echo();
		})) {
			open(server);
			assertThat(call()).isEqualTo("hello");
			assertThat(call()).isEqualTo("hello");
			assertThat(server.streams().get(0).connection()).isNotSameAs(server.streams().get(1).connection());
		}
	}

	@Test
	void whenACallIsCancelledThenItsStreamIsReset() {
		try (Http2Server server = Http2Server.start((stream) -> {
		})) {
			open(server);
			Reader reader = new Reader();
			ClientCall<StringValue, StringValue> call = reader.start(this.channel);
			await().until(() -> server.streams().size() == 1);
			call.cancel("enough", null);
			await().until(() -> server.streams().get(0).reset() == Http2Error.CANCEL.code());
			assertThat(reader.end).succeedsWithin(10, TimeUnit.SECONDS)
				.satisfies((status) -> assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED));
		}
	}

	@Test
	void whenAReaderIsSlowThenItsStreamWaitsAndOtherCallsDoNot() {
		int count = 300;
		byte[] message = ConnectServer.envelope(0, ConnectServer.message("x".repeat(64 * 1024)));
		AtomicInteger written = new AtomicInteger();
		try (Http2Server server = Http2Server.start((stream) -> {
			if (stream.body()[0] != 0) {
				stream.echo();
				return;
			}
			stream.headers(StreamResponse.TYPE);
			for (int i = 0; i < count; i++) {
				stream.data(message, false).addListener((sent) -> written.incrementAndGet());
			}
			stream.data(ConnectServer.envelope(2, "{}".getBytes()), true);
		})) {
			open(server);
			Reader reader = new Reader();
			ClientCall<StringValue, StringValue> call = reader.start(this.channel);
			call.request(1);
			await().until(() -> reader.messages.size() == 1);
			await().during(300, TimeUnit.MILLISECONDS).until(written::get, (now) -> now == written.get());
			// A window is one megabyte of 19.
			assertThat(written).hasValueBetween(1, 40);
			assertThat(call()).isEqualTo("hello");
			call.request(count);
			assertThat(reader.end).succeedsWithin(20, TimeUnit.SECONDS)
				.satisfies((status) -> assertThat(status.isOk()).isTrue());
			assertThat(reader.messages).hasSize(count);
		}
	}

	/**
	 * Reads as much as it is told to.
	 */
	private static final class Reader extends ClientCall.Listener<StringValue> {

		private final BlockingQueue<StringValue> messages = new LinkedBlockingQueue<>();

		private final CompletableFuture<Status> end = new CompletableFuture<>();

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
