package io.flyteconnect.test.connectrpc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A call of gRPC with one request: messages with a prefix, and trailers that say how it
 * ended.
 */
class GrpcWire extends Wire {

	private static final Map<Character, TimeUnit> UNITS = Map.of('H', TimeUnit.HOURS, 'M', TimeUnit.MINUTES, 'S',
			TimeUnit.SECONDS, 'm', TimeUnit.MILLISECONDS, 'u', TimeUnit.MICROSECONDS, 'n', TimeUnit.NANOSECONDS);

	private final Map<String, String> trailers = new HashMap<>();

	private boolean begun;

	GrpcWire(HttpServletRequest request, HttpServletResponse response) {
		super(request, response);
	}

	@Override
	CallOptions options(CallOptions options) {
		String timeout = this.request.getHeader("grpc-timeout");
		if (timeout == null) {
			return options;
		}
		int last = timeout.length() - 1;
		return options.withDeadlineAfter(Long.parseLong(timeout.substring(0, last)),
				Objects.requireNonNull(UNITS.get(timeout.charAt(last))));
	}

	@Override
	byte[] read() throws IOException {
		DataInputStream body = new DataInputStream(this.request.getInputStream());
		boolean compressed = body.readUnsignedByte() != 0;
		byte[] message = new byte[body.readInt()];
		body.readFully(message);
		return compressed ? unzip(message) : message;
	}

	@Override
	void write(byte[] message) throws IOException {
		begin();
		DataOutputStream body = new DataOutputStream(this.response.getOutputStream());
		body.writeByte(0);
		body.writeInt(message.length);
		body.write(message);
		body.flush();
		this.response.flushBuffer();
	}

	@Override
	void end(Status status, Metadata trailers) throws IOException {
		begin();
		this.trailers.put("grpc-status", String.valueOf(status.getCode().value()));
		if (status.getDescription() != null) {
			this.trailers.put("grpc-message",
					URLEncoder.encode(status.getDescription(), StandardCharsets.UTF_8).replace("+", "%20"));
		}
		HeaderText.write(trailers, this.trailers::put);
		this.response.flushBuffer();
	}

	private void begin() {
		if (!this.begun) {
			this.begun = true;
			this.response.setContentType("application/grpc");
			this.response.setTrailerFields(() -> this.trailers);
		}
	}

}
