package io.flyteconnect.internal.connectrpc;

import java.io.ByteArrayInputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.connectrpc.wire.EncodedMessage;

/**
 * Hands a response to the listener of the call: messages as it asks for them, each read
 * where the listener runs, and one end. What has been read and not been asked for is at
 * most what one read of the connection brought.
 *
 * @param <R> the response
 */
final class ResponseDelivery<R> {

	private final MethodDescriptor<?, R> method;

	private final int limit;

	private final SerialExecutor executor;

	private final Peer peer;

	private final Queue<EncodedMessage> messages = new ConcurrentLinkedQueue<>();

	private final AtomicInteger held = new AtomicInteger();

	private final AtomicLong requested = new AtomicLong();

	private volatile ClientCall.@Nullable Listener<R> listener;

	private volatile @Nullable End end;

	// Belongs to the executor.
	private boolean closed;

	ResponseDelivery(MethodDescriptor<?, R> method, int limit, SerialExecutor executor, Peer peer) {
		this.method = method;
		this.limit = limit;
		this.executor = executor;
		this.peer = peer;
	}

	void start(ClientCall.Listener<R> listener) {
		this.listener = listener;
	}

	private ClientCall.Listener<R> listener() {
		ClientCall.Listener<R> listener = this.listener;
		if (listener == null) {
			throw new IllegalStateException("Not started");
		}
		return listener;
	}

	int limit() {
		return this.limit;
	}

	void request(int number) {
		this.requested.addAndGet(number);
		if (this.held.get() > 0 || this.end != null) {
			this.executor.execute(this::deliver);
		}
	}

	/**
	 * Return whether all that was read has been taken.
	 */
	boolean wantsMore() {
		return this.held.get() == 0;
	}

	void ready() {
		this.executor.execute(() -> tell(() -> listener().onReady()));
	}

	void headers(Metadata headers) {
		this.executor.execute(() -> tell(() -> listener().onHeaders(headers)));
	}

	void message(EncodedMessage message) {
		this.held.incrementAndGet();
		this.messages.add(message);
		this.executor.execute(this::deliver);
	}

	/**
	 * End the call after its messages.
	 */
	void close(Status status, Metadata trailers) {
		this.end = new End(status, trailers);
		this.executor.execute(this::deliver);
	}

	/**
	 * End the call now, whatever has been read.
	 */
	void abort(Status status, Metadata trailers) {
		this.executor.execute(() -> closeNow(status, trailers));
	}

	private void deliver() {
		boolean taken = false;
		while (!this.closed && this.requested.get() > 0 && !this.messages.isEmpty()) {
			this.requested.decrementAndGet();
			EncodedMessage message = this.messages.remove();
			this.held.decrementAndGet();
			taken = true;
			deliver(message);
		}
		End end = this.end;
		if (end != null && this.messages.isEmpty()) {
			closeNow(end.status(), end.trailers());
		}
		else if (taken && wantsMore() && !this.closed) {
			this.peer.readMore();
		}
	}

	private void deliver(EncodedMessage message) {
		R response;
		try {
			response = this.method.parseResponse(new ByteArrayInputStream(message.decode(this.limit)));
		}
		catch (StatusException ex) {
			fail(ex.getStatus());
			return;
		}
		catch (StatusRuntimeException ex) {
			fail(ex.getStatus());
			return;
		}
		tell(() -> listener().onMessage(response));
	}

	private void tell(Runnable event) {
		if (this.closed) {
			return;
		}
		try {
			event.run();
		}
		catch (RuntimeException | Error ex) {
			fail(Status.CANCELLED.withDescription("The listener of the call failed").withCause(ex));
		}
	}

	private void fail(Status status) {
		this.peer.cancel();
		closeNow(status, new Metadata());
	}

	private void closeNow(Status status, Metadata trailers) {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.messages.clear();
		this.peer.closed(status);
		listener().onClose(status, trailers);
	}

	private record End(Status status, Metadata trailers) {

	}

	/**
	 * The other side of the delivery.
	 */
	interface Peer {

		/**
		 * All that was read has been taken.
		 */
		void readMore();

		/**
		 * The response is of no use.
		 */
		void cancel();

		/**
		 * The call has ended.
		 * @param status how
		 */
		void closed(Status status);

	}

}
