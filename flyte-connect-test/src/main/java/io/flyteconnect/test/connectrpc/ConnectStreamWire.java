package io.flyteconnect.test.connectrpc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A stream of Connect: messages in envelopes, and the last one says how it ended.
 */
class ConnectStreamWire extends Wire {

	private static final int COMPRESSED = 1;

	private static final int END = 2;

	private boolean begun;

	ConnectStreamWire(HttpServletRequest request, HttpServletResponse response) {
		super(request, response);
	}

	@Override
	CallOptions options(CallOptions options) {
		return ConnectTexts.timeout(this.request)
			.map((millis) -> options.withDeadlineAfter(millis, TimeUnit.MILLISECONDS))
			.orElse(options);
	}

	@Override
	byte[] read() throws IOException {
		DataInputStream body = new DataInputStream(this.request.getInputStream());
		int flags = body.readUnsignedByte();
		byte[] message = new byte[body.readInt()];
		body.readFully(message);
		return ((flags & COMPRESSED) != 0) ? unzip(message) : message;
	}

	@Override
	void write(byte[] message) throws IOException {
		begin();
		boolean zipped = accepts("connect-accept-encoding");
		envelope(zipped ? COMPRESSED : 0, zipped ? zip(message) : message);
	}

	@Override
	void end(Status status, Metadata trailers) throws IOException {
		begin();
		envelope(END, ConnectTexts.bytes(ConnectTexts.endOfStream(status, trailers)));
	}

	private void begin() {
		if (!this.begun) {
			this.begun = true;
			this.response.setContentType("application/connect+proto");
			if (accepts("connect-accept-encoding")) {
				this.response.setHeader("connect-content-encoding", GZIP);
			}
		}
	}

	private void envelope(int flags, byte[] message) throws IOException {
		DataOutputStream body = new DataOutputStream(this.response.getOutputStream());
		body.writeByte(flags);
		body.writeInt(message.length);
		body.write(message);
		body.flush();
		this.response.flushBuffer();
	}

}
