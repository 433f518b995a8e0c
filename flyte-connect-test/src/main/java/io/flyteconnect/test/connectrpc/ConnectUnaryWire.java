package io.flyteconnect.test.connectrpc;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A unary call of Connect: message and answer are the bodies, and an error is JSON.
 */
class ConnectUnaryWire extends Wire {

	private byte @Nullable [] answer;

	ConnectUnaryWire(HttpServletRequest request, HttpServletResponse response) {
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
		byte[] body = this.request.getInputStream().readAllBytes();
		return GZIP.equals(this.request.getHeader("content-encoding")) ? unzip(body) : body;
	}

	@Override
	void write(byte[] message) {
		this.answer = message;
	}

	@Override
	void end(Status status, Metadata trailers) throws IOException {
		byte[] body = this.answer;
		if (status.isOk() && body != null) {
			HeaderText.write(trailers, (name, value) -> this.response.addHeader("trailer-" + name, value));
			this.response.setContentType("application/proto");
			if (accepts("accept-encoding")) {
				this.response.setHeader("content-encoding", GZIP);
				body = zip(body);
			}
		}
		else {
			HeaderText.write(ConnectTexts.withoutDetails(trailers), this.response::addHeader);
			this.response.setStatus(ConnectTexts.httpStatus(status.getCode()));
			this.response.setContentType("application/json");
			body = ConnectTexts.bytes(ConnectTexts.error(status, trailers));
		}
		this.response.setContentLength(body.length);
		this.response.getOutputStream().write(body);
	}

}
