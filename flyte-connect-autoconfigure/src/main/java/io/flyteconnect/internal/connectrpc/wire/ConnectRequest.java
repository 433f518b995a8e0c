package io.flyteconnect.internal.connectrpc.wire;

import java.util.concurrent.TimeUnit;

import io.grpc.Deadline;
import io.grpc.Metadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A request of Connect: one message, as the body of a unary call or in the envelope of a
 * stream (Connect protocol, "Unary-Request" and "Streaming-Request").
 *
 * @param path the path of the method
 * @param authority the host and port as callers name them
 * @param userAgent the user agent
 * @param streaming whether the response is a stream
 * @param message the message
 */
public record ConnectRequest(String path, String authority, String userAgent, boolean streaming,
		EncodedMessage message) {

	private static final int COMPRESSED = 1;

	/** What ten digits hold. */
	private static final long MAX_TIMEOUT = 9_999_999_999L;

	/**
	 * Create the request.
	 * @param metadata the headers of the caller
	 * @param deadline the deadline of the call, or {@code null}
	 * @return the request
	 */
	public FullHttpRequest toHttp(Metadata metadata, @Nullable Deadline deadline) {
		ByteBuf body = body();
		FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, this.path, body);
		HttpHeaders headers = request.headers();
		try {
			ConnectHeaders.write(metadata, headers);
		}
		catch (IllegalArgumentException ex) {
			request.release();
			throw ex;
		}
		headers.set(HttpHeaderNames.HOST, this.authority)
			.set(HttpHeaderNames.USER_AGENT, this.userAgent)
			.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
			.set(HttpHeaderNames.CONTENT_TYPE, this.streaming ? StreamResponse.TYPE : UnaryResponse.TYPE)
			.set(HttpHeaderNames.ACCEPT_ENCODING, this.streaming ? "identity" : "gzip")
			.set("connect-protocol-version", "1");
		if (this.streaming) {
			headers.set("connect-accept-encoding", "gzip");
		}
		if (this.message.compressed()) {
			headers.set(this.streaming ? StreamResponse.ENCODING : HttpHeaderNames.CONTENT_ENCODING, "gzip");
		}
		if (deadline != null) {
			long millis = deadline.timeRemaining(TimeUnit.MILLISECONDS);
			headers.set("connect-timeout-ms", Math.max(1, Math.min(millis, MAX_TIMEOUT)));
		}
		return request;
	}

	private ByteBuf body() {
		ByteBuf bytes = Unpooled.wrappedBuffer(this.message.bytes());
		if (!this.streaming) {
			return bytes;
		}
		ByteBuf prefix = Unpooled.buffer(5)
			.writeByte(this.message.compressed() ? COMPRESSED : 0)
			.writeInt(this.message.bytes().length);
		return Unpooled.wrappedBuffer(prefix, bytes);
	}

}
