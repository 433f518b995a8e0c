package io.flyteconnect.internal.connectrpc.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamResponse}: envelopes, however they are cut.
 */
class StreamResponseTests {

	private final List<String> seen = new ArrayList<>();

	private final StreamResponse response = new StreamResponse(new ResponseReader.Output() {

		@Override
		public int limit() {
			return 100;
		}

		@Override
		public void headers(Metadata headers) {
		}

		@Override
		public void message(EncodedMessage message) {
			StreamResponseTests.this.seen.add(new String(message.bytes()) + (message.compressed() ? " packed" : ""));
		}

		@Override
		public void close(Status status, Metadata trailers) {
			StreamResponseTests.this.seen.add("closed " + status.getCode());
		}

		@Override
		public void abort(Status status) {
			StreamResponseTests.this.seen.add("aborted " + status.getCode());
		}

	});

	private void begin(String encoding) {
		HttpHeaders headers = new DefaultHttpHeaders().set("content-type", StreamResponse.TYPE);
		if (encoding != null) {
			headers.set(StreamResponse.ENCODING, encoding);
		}
		this.response.headers(200, headers);
	}

	private static byte[] envelope(int flags, byte[] message) {
		return ByteBuffer.allocate(5 + message.length).put((byte) flags).putInt(message.length).put(message).array();
	}

	private static byte[] bytes(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	private void read(byte[] all, int chunk) {
		for (int i = 0; i < all.length; i += chunk) {
			this.response.data(Unpooled.wrappedBuffer(all, i, Math.min(chunk, all.length - i)));
		}
	}

	@ParameterizedTest
	@CsvSource({ "1", "2", "3", "4", "5", "6", "7", "1000" })
	void whenEnvelopesAreCutAnywhereThenTheMessagesAreWhole(int chunk) {
		begin("gzip");
		read(bytes(envelope(0, "one".getBytes()), envelope(0, new byte[0]), envelope(1, "three".getBytes()),
				envelope(2, "{}".getBytes())), chunk);
		this.response.end();
		assertThat(this.seen).containsExactly("one", "", "three packed", "closed OK");
	}

	@Test
	void whenAMessageIsPackedWithoutAnEncodingThenTheStreamIsOfNoUse() {
		begin(null);
		read(envelope(1, "one".getBytes()), 1000);
		assertThat(this.seen).containsExactly("aborted INTERNAL");
	}

	@Test
	void whenTheLengthHasItsFirstBitSetThenItIsLargeAndNotNegative() {
		begin(null);
		read(new byte[] { 0, -1, -1, -1, -1 }, 1000);
		assertThat(this.seen).containsExactly("aborted RESOURCE_EXHAUSTED");
	}

	@Test
	void whenTheStreamGoesOnAfterItsEndThenItIsOfNoUse() {
		begin(null);
		read(bytes(envelope(2, "{}".getBytes()), envelope(0, "more".getBytes())), 1000);
		assertThat(this.seen).containsExactly("aborted INTERNAL");
	}

	@ParameterizedTest
	@CsvSource({ "null", "[]", "'{\"error\":\"text\"}'", "'{'", "''" })
	void whenTheEndIsNoneThenItIsOfNoUse(String json) {
		begin(null);
		read(envelope(2, json.getBytes()), 1000);
		assertThat(this.seen).containsExactly("aborted INTERNAL");
	}

	@Test
	void whenTheConnectionEndsAfterTheEndThenTheStreamIsWhole() {
		begin(null);
		assertThat(this.response.cut()).isFalse();
		read(envelope(2, "{\"error\":{\"code\":\"data_loss\"}}".getBytes()), 1000);
		assertThat(this.response.cut()).isTrue();
		assertThat(this.seen).containsExactly("closed DATA_LOSS");
	}

}
