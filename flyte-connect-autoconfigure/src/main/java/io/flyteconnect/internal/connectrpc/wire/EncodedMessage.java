package io.flyteconnect.internal.connectrpc.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.grpc.Status;
import io.grpc.StatusException;
import org.springframework.util.unit.DataSize;

/**
 * A message as it is on the wire.
 *
 * @param bytes the bytes
 * @param compressed whether they are gzip (RFC 1952)
 */
public record EncodedMessage(byte[] bytes, boolean compressed) {

	/**
	 * Compress a message.
	 * @param message the message
	 * @return the same in gzip
	 */
	public static EncodedMessage compress(byte[] message) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(message.length / 2 + 32);
		try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(message);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new EncodedMessage(out.toByteArray(), true);
	}

	/**
	 * Return the message itself, of which no more is unpacked than it may have.
	 * @param limit the most bytes
	 * @return the bytes of the message
	 * @throws StatusException if it is larger, or cannot be unpacked
	 */
	public byte[] decode(int limit) throws StatusException {
		if (!this.compressed || this.bytes.length == 0) {
			return this.bytes;
		}
		byte[] message;
		try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(this.bytes))) {
			message = in.readNBytes((limit < Integer.MAX_VALUE) ? limit + 1 : limit);
		}
		catch (IOException ex) {
			throw Status.INTERNAL.withDescription("A message cannot be unpacked as gzip: " + ex.getMessage())
				.asException();
		}
		if (message.length > limit) {
			throw tooLarge("more", limit).asException();
		}
		return message;
	}

	static Status tooLarge(Object size, int limit) {
		return Status.RESOURCE_EXHAUSTED.withDescription("A message has " + size + " bytes, " + DataSize.ofBytes(limit)
				+ " are allowed (flyte.channel.max-message-size)");
	}

}
