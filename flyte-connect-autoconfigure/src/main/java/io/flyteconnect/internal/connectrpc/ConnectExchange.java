package io.flyteconnect.internal.connectrpc;

import java.net.UnknownHostException;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.connectrpc.http.HttpCall;
import io.flyteconnect.internal.connectrpc.http.HttpCallException;
import io.flyteconnect.internal.connectrpc.http.HttpConnections;
import io.flyteconnect.internal.connectrpc.http.ResponseListener;
import io.flyteconnect.internal.connectrpc.wire.ConnectRequest;
import io.flyteconnect.internal.connectrpc.wire.EncodedMessage;
import io.flyteconnect.internal.connectrpc.wire.ResponseReader;
import io.flyteconnect.internal.connectrpc.wire.StreamResponse;
import io.flyteconnect.internal.connectrpc.wire.UnaryResponse;

/**
 * The request of one call and its response, between HTTP and the delivery to the
 * listener.
 */
final class ConnectExchange implements ResponseListener, ResponseReader.Output {

	private final ConnectRequest request;

	private final Metadata headers;

	private final CallOptions options;

	private final @Nullable Deadline deadline;

	private final ResponseDelivery<?> delivery;

	private final ResponseReader reader;

	private final HttpCall call;

	private volatile boolean sent;

	private volatile CallTracers tracers = CallTracers.NONE;

	private int attempts;

	private ConnectExchange(ConnectRequest request, Metadata headers, CallOptions options, @Nullable Deadline deadline,
			ResponseDelivery<?> delivery, HttpConnections connections) {
		this.request = request;
		this.headers = headers;
		this.options = options;
		this.deadline = deadline;
		this.delivery = delivery;
		this.reader = request.streaming() ? new StreamResponse(this) : new UnaryResponse(this);
		this.call = connections.newCall(this, options.isWaitForReady());
	}

	/**
	 * Prepare a request.
	 * @param request the request
	 * @param headers the headers of the caller
	 * @param options the options of the call
	 * @param deadline the deadline of the call, or {@code null}
	 * @param delivery where the response goes
	 * @param connections the connections
	 * @return the exchange, to be sent
	 */
	static ConnectExchange of(ConnectRequest request, Metadata headers, CallOptions options,
			@Nullable Deadline deadline, ResponseDelivery<?> delivery, HttpConnections connections) {
		return new ConnectExchange(request, headers, options, deadline, delivery, connections);
	}

	void send() {
		this.call.send();
	}

	void cancel() {
		this.call.cancel();
	}

	void readMore() {
		this.call.readMore();
	}

	/**
	 * Return whether a connection has taken the request.
	 */
	boolean isSent() {
		return this.sent;
	}

	void closed(Status status) {
		this.tracers.closed(status);
	}

	@Override
	public FullHttpRequest request(Attributes transport) {
		Metadata headers = new Metadata();
		headers.merge(this.headers);
		this.tracers.closed(Status.UNAVAILABLE);
		this.tracers = CallTracers.begin(this.options, this.attempts++, transport, headers);
		FullHttpRequest request = this.request.toHttp(headers, this.deadline);
		this.tracers.sent(request.content().readableBytes());
		this.sent = true;
		return request;
	}

	@Override
	public void headers(int status, HttpHeaders headers) {
		this.tracers.answered();
		this.reader.headers(status, headers);
	}

	@Override
	public void data(ByteBuf content) {
		this.tracers.received(content.readableBytes());
		this.reader.data(content);
	}

	@Override
	public boolean wantsMore() {
		return this.delivery.wantsMore();
	}

	@Override
	public void end() {
		this.reader.end();
	}

	@Override
	public void failed(HttpCallException failure) {
		if (!this.reader.cut()) {
			this.delivery.abort(status(failure), new Metadata());
		}
	}

	private Status status(HttpCallException failure) {
		Throwable cause = failure.getCause();
		return switch (failure.failure()) {
			case CONNECT -> Status.UNAVAILABLE.withDescription(
					(cause instanceof UnknownHostException) ? "Unable to resolve host " + this.request.authority()
							: "No connection to " + this.request.authority())
				.withCause(cause);
			case CLOSED -> Status.UNAVAILABLE.withDescription(ConnectChannel.ENDED);
			case CUT, NOT_HTTP -> Status.UNAVAILABLE.withDescription(failure.getMessage()).withCause(cause);
			case CANCELLED -> Status.CANCELLED.withDescription(failure.getMessage());
			case REQUEST -> Status.INTERNAL.withDescription(failure.getMessage()).withCause(cause);
		};
	}

	@Override
	public int limit() {
		return this.delivery.limit();
	}

	@Override
	public void headers(Metadata headers) {
		this.delivery.headers(headers);
	}

	@Override
	public void message(EncodedMessage message) {
		this.delivery.message(message);
	}

	@Override
	public void close(Status status, Metadata trailers) {
		this.tracers.ended(trailers);
		this.delivery.close(status, trailers);
	}

	@Override
	public void abort(Status status) {
		this.call.cancel();
		this.delivery.abort(status, new Metadata());
	}

}
