package io.flyteconnect.test.connectrpc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The form of one call on the wire.
 */
abstract class Wire {

	static final String GZIP = "gzip";

	final HttpServletRequest request;

	final HttpServletResponse response;

	Wire(HttpServletRequest request, HttpServletResponse response) {
		this.request = request;
		this.response = response;
	}

	/**
	 * Return the form that the content type says.
	 */
	static @Nullable Wire of(HttpServletRequest request, HttpServletResponse response) {
		String type = request.getContentType();
		if ("application/proto".equals(type)) {
			return new ConnectUnaryWire(request, response);
		}
		if ("application/connect+proto".equals(type)) {
			return new ConnectStreamWire(request, response);
		}
		return ("application/grpc".equals(type) || "application/grpc+proto".equals(type))
				? new GrpcWire(request, response) : null;
	}

	/**
	 * Return the options of the call, such as its deadline.
	 */
	abstract CallOptions options(CallOptions options);

	/**
	 * Read the one request.
	 */
	abstract byte[] read() throws IOException;

	abstract void write(byte[] message) throws IOException;

	abstract void end(Status status, Metadata trailers) throws IOException;

	final boolean accepts(String header) {
		String accepted = this.request.getHeader(header);
		return accepted != null && accepted.contains(GZIP);
	}

	static byte[] zip(byte[] bytes) throws IOException {
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
			gzip.write(bytes);
		}
		return zipped.toByteArray();
	}

	static byte[] unzip(byte[] bytes) throws IOException {
		// An empty message may come as nothing at all.
		return (bytes.length == 0) ? bytes : new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
	}

}
