package io.flyteconnect.internal.connectrpc;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.connectrpc.wire.EncodedMessage;

/**
 * One call: its request is sent as a whole, once the stub has ended it and its
 * credentials are there.
 *
 * @param <Q> the request
 * @param <R> the response
 */
final class ConnectCall<Q, R> extends ClientCall<Q, R> implements ResponseDelivery.Peer {

	private final ConnectChannel channel;

	private final MethodDescriptor<Q, R> method;

	private final CallOptions options;

	private final Context context = Context.current();

	private final Executor executor;

	private final ResponseDelivery<R> delivery;

	private final @Nullable Deadline deadline;

	private final long created = System.nanoTime();

	private final Context.CancellationListener cancellation = (cancelled) -> end(
			Contexts.statusFromCancelled(cancelled));

	private volatile @Nullable Future<?> timer;

	private boolean compresses;

	private @Nullable Metadata headers;

	private @Nullable EncodedMessage message;

	private boolean halfClosed;

	private boolean ended;

	private volatile @Nullable ConnectExchange exchange;

	ConnectCall(ConnectChannel channel, MethodDescriptor<Q, R> method, CallOptions options) {
		this.channel = channel;
		this.method = method;
		this.options = options;
		this.executor = (options.getExecutor() != null) ? options.getExecutor() : channel.executor();
		this.deadline = earlier(options.getDeadline(), this.context.getDeadline());
		Integer limit = options.getMaxInboundMessageSize();
		this.delivery = new ResponseDelivery<>(method,
				(limit != null) ? limit : channel.settings().maxInboundMessageSize(),
				new SerialExecutor(this.executor, this.context), this);
	}

	private static @Nullable Deadline earlier(@Nullable Deadline one, @Nullable Deadline other) {
		return (one == null || other == null) ? ((one != null) ? one : other) : one.minimum(other);
	}

	@Override
	public void start(Listener<R> listener, Metadata headers) {
		this.delivery.start(listener);
		Status refused = this.channel.begin(this) ? refused()
				: Status.UNAVAILABLE.withDescription(ConnectChannel.ENDED);
		if (refused != null) {
			end(refused);
			return;
		}
		if (this.deadline != null) {
			this.timer = this.channel.connections()
				.eventLoop()
				.schedule(this::expire, this.deadline.timeRemaining(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS);
		}
		this.context.addListener(this.cancellation, Runnable::run);
		CallCredentials credentials = this.options.getCredentials();
		if (credentials == null) {
			take(headers);
		}
		else {
			credentials.applyRequestMetadata(
					new CallFacts(this.method, this.options, this.channel.authority(),
							this.channel.settings().encrypted()),
					this.executor, new Credentials(headers, this::take, this::end));
		}
		this.delivery.ready();
	}

	private @Nullable Status refused() {
		if (this.method.getType() != MethodType.UNARY && this.method.getType() != MethodType.SERVER_STREAMING) {
			return Status.UNIMPLEMENTED.withDescription(this.method.getFullMethodName()
					+ " streams its requests, which the Connect protocol of this client does not do"
					+ " (flyte.platform.protocol=grpc does)");
		}
		String compressor = this.options.getCompressor();
		this.compresses = (compressor != null) ? compressor.equals("gzip") : this.channel.settings().gzip();
		if (compressor != null && !this.compresses && !compressor.equals("identity")) {
			return Status.INTERNAL
				.withDescription("Requests are compressed by gzip or not at all, not by '" + compressor + "'");
		}
		if (this.context.isCancelled()) {
			return Contexts.statusFromCancelled(this.context);
		}
		return (this.deadline != null && this.deadline.isExpired()) ? expired() : null;
	}

	private void expire() {
		end(expired());
	}

	private Status expired() {
		long nanos = System.nanoTime() - this.created;
		ConnectExchange exchange = this.exchange;
		String text = "The deadline of the call ended after " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
		// As gRPC says it of a call that waits for a connection.
		return Status.DEADLINE_EXCEEDED.withDescription((exchange == null || exchange.isSent()) ? text
				: text + " [connecting_and_lb_delay=" + nanos + "ns, was_still_waiting]");
	}

	private void take(Metadata headers) {
		synchronized (this) {
			this.headers = headers;
		}
		sendIfComplete();
	}

	@Override
	public void request(int number) {
		if (number < 0) {
			throw new IllegalArgumentException("'number' must not be negative");
		}
		this.delivery.request(number);
	}

	@Override
	public void setMessageCompression(boolean enabled) {
		this.compresses = this.compresses && enabled;
	}

	@Override
	public void sendMessage(Q request) {
		byte[] bytes;
		try (InputStream in = this.method.streamRequest(request)) {
			bytes = in.readAllBytes();
		}
		catch (IOException | RuntimeException ex) {
			cancel("The request cannot be written", ex);
			return;
		}
		EncodedMessage message = this.compresses ? EncodedMessage.compress(bytes) : new EncodedMessage(bytes, false);
		synchronized (this) {
			this.message = message;
		}
	}

	@Override
	public void halfClose() {
		synchronized (this) {
			this.halfClosed = true;
		}
		sendIfComplete();
	}

	private void sendIfComplete() {
		ConnectExchange exchange;
		synchronized (this) {
			if (this.ended || this.headers == null || !this.halfClosed || this.exchange != null) {
				return;
			}
			EncodedMessage message = (this.message != null) ? this.message : new EncodedMessage(new byte[0], false);
			exchange = ConnectExchange.of(
					this.channel.settings().request(this.method, this.options.getAuthority(), message), this.headers,
					this.options, this.deadline, this.delivery, this.channel.connections());
			this.exchange = exchange;
		}
		exchange.send();
	}

	@Override
	public void cancel(@Nullable String message, @Nullable Throwable cause) {
		Status status = Status.CANCELLED.withCause(cause);
		end((message != null) ? status.withDescription(message) : status);
	}

	/**
	 * End the call, whatever it waits for.
	 * @param status how it ends
	 */
	void end(Status status) {
		synchronized (this) {
			this.ended = true;
		}
		cancel();
		this.delivery.abort(status, new Metadata());
	}

	@Override
	public void cancel() {
		ConnectExchange exchange = this.exchange;
		if (exchange != null) {
			exchange.cancel();
		}
	}

	@Override
	public void readMore() {
		ConnectExchange exchange = this.exchange;
		if (exchange != null) {
			exchange.readMore();
		}
	}

	@Override
	public void closed(Status status) {
		Future<?> timer = this.timer;
		if (timer != null) {
			timer.cancel(false);
		}
		this.context.removeListener(this.cancellation);
		ConnectExchange exchange = this.exchange;
		if (exchange != null) {
			exchange.closed(status);
		}
		this.channel.end(this);
	}

}
