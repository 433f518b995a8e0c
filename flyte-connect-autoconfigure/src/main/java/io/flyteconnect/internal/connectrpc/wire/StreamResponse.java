package io.flyteconnect.internal.connectrpc.wire;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads the response of a stream: messages in envelopes, the last of which says how the
 * stream ended (Connect protocol, "Streaming-Response").
 */
public final class StreamResponse extends ResponseReader {

	/** The media type of requests and responses. */
	public static final String TYPE = "application/connect+proto";

	/** The header that names how messages are compressed. */
	public static final String ENCODING = "connect-content-encoding";

	private static final int COMPRESSED = 1;

	private static final int END = 2;

	private static final int PREFIX = 5;

	private final byte[] prefix = new byte[PREFIX];

	private int prefixSize;

	private byte @Nullable [] message;

	private int messageSize;

	private boolean compression;

	private @Nullable ConnectError end;

	private boolean failed;

	/**
	 * Create a reader.
	 * @param output where the response goes
	 */
	public StreamResponse(Output output) {
		super(output);
	}

	@Override
	protected Status.@Nullable Code begin(int status, String type, HttpHeaders headers) {
		if (status != 200) {
			return ConnectCodes.ofHttp(status);
		}
		if (!type.equals(TYPE)) {
			return type.startsWith("application/connect+") ? Status.Code.INTERNAL : Status.Code.UNKNOWN;
		}
		Metadata metadata = new Metadata();
		ConnectHeaders.read(headers, metadata, null);
		this.output.headers(metadata);
		String encoding = headers.get(ENCODING);
		this.compression = isGzip(encoding);
		if (!isKnown(encoding)) {
			fail(unknownEncoding(encoding));
		}
		return null;
	}

	private void fail(Status status) {
		this.failed = true;
		this.output.abort(status);
	}

	private void fail(String message) {
		fail(Status.INTERNAL.withDescription(message));
	}

	@Override
	protected void read(ByteBuf content) {
		while (!this.failed && content.isReadable()) {
			if (this.end != null) {
				fail("The stream goes on after its end");
			}
			else if (this.message == null) {
				readPrefix(content);
			}
			else {
				readMessage(content, this.message);
			}
		}
	}

	private void readPrefix(ByteBuf content) {
		int length = Math.min(PREFIX - this.prefixSize, content.readableBytes());
		content.readBytes(this.prefix, this.prefixSize, length);
		this.prefixSize += length;
		if (this.prefixSize < PREFIX) {
			return;
		}
		long size = (this.prefix[1] & 0xFFL) << 24 | (this.prefix[2] & 0xFF) << 16 | (this.prefix[3] & 0xFF) << 8
				| (this.prefix[4] & 0xFF);
		if (size > this.output.limit()) {
			fail(EncodedMessage.tooLarge(size, this.output.limit()));
		}
		else if (is(COMPRESSED) && !this.compression) {
			fail("A message is compressed, but the head of the answer names no encoding");
		}
		else {
			this.message = new byte[(int) size];
			this.messageSize = 0;
			if (size == 0) {
				finish(this.message);
			}
		}
	}

	private boolean is(int flag) {
		return (this.prefix[0] & flag) != 0;
	}

	private void readMessage(ByteBuf content, byte[] message) {
		int length = Math.min(message.length - this.messageSize, content.readableBytes());
		content.readBytes(message, this.messageSize, length);
		this.messageSize += length;
		if (this.messageSize == message.length) {
			finish(message);
		}
	}

	private void finish(byte[] bytes) {
		this.message = null;
		this.prefixSize = 0;
		EncodedMessage message = new EncodedMessage(bytes, is(COMPRESSED));
		if (is(END)) {
			end(message);
		}
		else {
			this.output.message(message);
		}
	}

	private void end(EncodedMessage message) {
		try {
			this.end = ConnectError.ofEndOfStream(message.decode(this.output.limit()));
			if (this.end == null) {
				fail("The end of the stream is no JSON of Connect");
			}
		}
		catch (StatusException ex) {
			fail(ex.getStatus());
		}
	}

	@Override
	protected void complete() {
		if (!cut()) {
			this.output.close(Status.INTERNAL.withDescription("The stream ended without saying how"), new Metadata());
		}
	}

	@Override
	public boolean cut() {
		if (this.end == null) {
			return false;
		}
		this.output.close(this.end.status(), this.end.trailers());
		return true;
	}

}
