package io.flyteconnect.internal.connectrpc.wire;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads the response of a unary call: its body is the message, or JSON of an error
 * (Connect protocol, "Unary-Response").
 */
public final class UnaryResponse extends ResponseReader {

	/** The media type of requests, and of responses that are no error. */
	public static final String TYPE = "application/proto";

	private static final String JSON = "application/json";

	private final Metadata trailers = new Metadata();

	private boolean compressed;

	/**
	 * Create a reader.
	 * @param output where the response goes
	 */
	public UnaryResponse(Output output) {
		super(output);
	}

	@Override
	protected Status.@Nullable Code begin(int status, String type, HttpHeaders headers) {
		boolean success = status == 200;
		if (!type.equals(success ? TYPE : JSON)) {
			return success ? wrongType(type) : ConnectCodes.ofHttp(status);
		}
		Metadata metadata = new Metadata();
		ConnectHeaders.read(headers, metadata, this.trailers);
		this.output.headers(metadata);
		String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
		this.compressed = isGzip(encoding);
		if (!isKnown(encoding)) {
			this.output.abort(unknownEncoding(encoding));
		}
		return null;
	}

	private static Status.Code wrongType(String type) {
		return type.equals(JSON) ? Status.Code.INTERNAL : Status.Code.UNKNOWN;
	}

	@Override
	protected void read(ByteBuf content) {
		long size = (long) size() + content.readableBytes();
		if (size > this.output.limit()) {
			this.output.abort(EncodedMessage.tooLarge(size + " or more", this.output.limit()));
		}
		else {
			add(content);
		}
	}

	@Override
	protected void complete() {
		EncodedMessage message = new EncodedMessage(body(), this.compressed);
		if (status() == 200) {
			this.output.message(message);
			this.output.close(Status.OK, this.trailers);
			return;
		}
		Status.Code otherwise = ConnectCodes.ofHttp(status());
		try {
			ConnectError error = ConnectError.ofBody(message.decode(this.output.limit()), this.trailers, otherwise);
			this.output.close((error != null) ? error.status() : foreign(otherwise), this.trailers);
		}
		catch (StatusException ex) {
			this.output.close(ex.getStatus(), this.trailers);
		}
	}

}
