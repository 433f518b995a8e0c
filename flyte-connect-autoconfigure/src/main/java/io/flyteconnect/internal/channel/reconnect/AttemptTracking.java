package io.flyteconnect.internal.channel.reconnect;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import org.jspecify.annotations.Nullable;

/**
 * Follows the attempts of one call: over which connection the last one went, and when,
 * and what the last one that failed ended by. There is one for each call, so it allocates
 * nothing more while attempts succeed.
 */
final class AttemptTracking extends ClientStreamTracer.Factory {

	private final ConnectionMonitor monitor;

	private final long started = System.nanoTime();

	private volatile @Nullable Attempt last;

	private volatile @Nullable StatusException failure;

	AttemptTracking(ConnectionMonitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
		return new Attempt();
	}

	/**
	 * The call, or its last attempt, ended by time.
	 */
	void timedOut() {
		Attempt attempt = this.last;
		MonitoredConnection connection = (attempt != null) ? attempt.connection : null;
		if (attempt == null) {
			this.monitor.reconnector().waitedInVain(this.started, System.nanoTime());
		}
		else if (connection != null && connection.isSilentSince(attempt.sent)) {
			this.monitor.reconnector().replace(connection, System.nanoTime());
		}
	}

	/**
	 * Name what the last attempt ended by, where the call's own deadline hides it: gRPC
	 * names the codes of the attempts alone.
	 * @param status how the call ended
	 * @return the status, caused by the end of the last attempt if its time ran out later
	 */
	Status caused(Status status) {
		StatusException failure = this.failure;
		boolean hidden = status.getCode() == Status.Code.DEADLINE_EXCEEDED && status.getCause() == null;
		return (hidden && failure != null && !isEndOfCall(failure.getStatus())) ? status.withCause(failure) : status;
	}

	private static boolean isEndOfCall(Status status) {
		return switch (status.getCode()) {
			case DEADLINE_EXCEEDED, CANCELLED -> true;
			default -> false;
		};
	}

	/**
	 * One attempt. Not created on a connection before its token is there.
	 */
	private final class Attempt extends ClientStreamTracer {

		private @Nullable MonitoredConnection connection;

		private @Nullable Metadata trailers;

		private long sent;

		@Override
		public void streamCreated(Attributes transport, Metadata headers) {
			AttemptTracking.this.monitor.headers().accept(headers);
			MonitoredConnection connection = transport.get(MonitoredConnection.KEY);
			if (connection != null) {
				this.sent = System.nanoTime();
				this.connection = connection;
				connection.sent(this.sent);
				AttemptTracking.this.last = this;
				AttemptTracking.this.monitor.reconnector().connected();
			}
		}

		@Override
		public void inboundHeaders() {
			heard();
		}

		@Override
		public void inboundWireSize(long bytes) {
			heard();
		}

		@Override
		public void inboundTrailers(Metadata trailers) {
			this.trailers = trailers;
			heard();
		}

		@Override
		public void streamClosed(Status status) {
			// An attempt that the end of the call cuts off says nothing of its own.
			if (!status.isOk() && (this.trailers != null || !isEndOfCall(status))) {
				AttemptTracking.this.failure = new StatusException(status, this.trailers);
			}
		}

		private void heard() {
			MonitoredConnection connection = this.connection;
			if (connection != null) {
				connection.heard();
			}
		}

	}

}
