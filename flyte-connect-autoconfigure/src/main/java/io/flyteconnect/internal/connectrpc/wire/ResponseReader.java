package io.flyteconnect.internal.connectrpc.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads a response, whose head says whether it is one of Connect. One that is not is read
 * as far as its first words.
 */
public abstract class ResponseReader {

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private int status;

	private HttpHeaders headers = new DefaultHttpHeaders();

	private Status.@Nullable Code foreign;

	/** Where the parts of the response go. */
	protected final Output output;

	ResponseReader(Output output) {
		this.output = output;
	}

	/**
	 * Take the head.
	 * @param status the status of HTTP
	 * @param headers the headers
	 */
	public final void headers(int status, HttpHeaders headers) {
		this.status = status;
		this.headers = headers;
		String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
		this.foreign = begin(status, mediaType(type), headers);
	}

	/**
	 * Take a part of the body.
	 * @param content the bytes
	 */
	public final void data(ByteBuf content) {
		if (this.foreign == null) {
			read(content);
			return;
		}
		add(content.readSlice(Math.min(content.readableBytes(), HttpFailure.MAX_BODY - this.body.size())));
		if (this.body.size() == HttpFailure.MAX_BODY) {
			this.output.abort(foreign(this.foreign));
		}
	}

	/**
	 * The response is complete.
	 */
	public final void end() {
		if (this.foreign != null) {
			this.output.close(foreign(this.foreign), new Metadata());
		}
		else {
			complete();
		}
	}

	private static String mediaType(@Nullable String type) {
		int end = (type != null) ? type.indexOf(';') : 0;
		return (type != null) ? type.substring(0, (end >= 0) ? end : type.length()).strip().toLowerCase(Locale.ROOT)
				: "";
	}

	/**
	 * Begin with the head.
	 * @param status the status of HTTP
	 * @param type the media type, in lower case, empty if there is none
	 * @param headers the headers
	 * @return the code of the call if this is no answer of Connect, else {@code null}
	 */
	protected abstract Status.@Nullable Code begin(int status, String type, HttpHeaders headers);

	/**
	 * Read a part of the body.
	 * @param content the bytes
	 */
	protected abstract void read(ByteBuf content);

	/**
	 * The body is complete.
	 */
	protected abstract void complete();

	/**
	 * The connection ended before the body did.
	 * @return whether the response is complete all the same
	 */
	public boolean cut() {
		return false;
	}

	protected final int status() {
		return this.status;
	}

	protected final Status foreign(Status.Code code) {
		return HttpFailure.of(code, this.status, this.headers, this.body.toByteArray());
	}

	protected final void add(ByteBuf content) {
		try {
			content.readBytes(this.body, content.readableBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	protected final int size() {
		return this.body.size();
	}

	protected final byte[] body() {
		return this.body.toByteArray();
	}

	protected static boolean isGzip(@Nullable String encoding) {
		return "gzip".equalsIgnoreCase(encoding);
	}

	protected static boolean isKnown(@Nullable String encoding) {
		return encoding == null || encoding.isEmpty() || "identity".equalsIgnoreCase(encoding) || isGzip(encoding);
	}

	protected static Status unknownEncoding(@Nullable String encoding) {
		return Status.INTERNAL.withDescription(
				"The answer has the encoding '" + encoding + "', of gzip and identity that were asked for");
	}

	/**
	 * Takes a response.
	 */
	public interface Output {

		/**
		 * Return the most bytes of a message.
		 * @return the limit
		 */
		int limit();

		/**
		 * Take the headers of an answer of Connect.
		 * @param headers the headers
		 */
		void headers(Metadata headers);

		/**
		 * Take a message.
		 * @param message the message as it came
		 */
		void message(EncodedMessage message);

		/**
		 * End the call after its messages.
		 * @param status how it ends
		 * @param trailers the trailers
		 */
		void close(Status status, Metadata trailers);

		/**
		 * End the call, and read no more.
		 * @param status how it ends
		 */
		void abort(Status status);

	}

}
