package io.flyteconnect.internal.call;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call of gRPC, which may send it more than once: when its last
 * attempt was sent over which connection, and how the one before ended.
 */
class CallAttempt extends ClientStreamTracer.Factory {

	private final ConnectionCall<?, ?> call;

	// Not created on a connection before its token is there.
	private volatile ConnectionWatch.@Nullable Connection connection;

	private volatile @Nullable StatusException failure;

	private volatile long since = System.nanoTime();

	CallAttempt(ConnectionCall<?, ?> call) {
		this.call = call;
	}

	@Override
	public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
		return new Tracer();
	}

	/**
	 * The call, or its last attempt, ended by time.
	 */
	final void timedOut() {
		ConnectionWatch.Connection connection = this.connection;
		this.call.parts().connections().timedOut(connection, this.since);
	}

	/**
	 * Name what the last attempt ended by, where the call's own deadline hides it: gRPC
	 * names the codes of the attempts alone.
	 * @param status how the call ended
	 * @return the status, caused by the end of the last attempt if its time ran out later
	 */
	final Status caused(Status status) {
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
	 * Whether what comes back is for the caller.
	 */
	boolean isForCaller() {
		return true;
	}

	/**
	 * Take note of the end.
	 * @return what was decided before it, {@code null} if nothing was
	 */
	@Nullable Verdict end() {
		return null;
	}

	/**
	 * One attempt of gRPC.
	 */
	class Tracer extends ClientStreamTracer {

		private ConnectionWatch.@Nullable Connection connection;

		private @Nullable Metadata trailers;

		@Override
		public void streamCreated(Attributes transport, Metadata headers) {
			CallAttempt attempt = CallAttempt.this;
			attempt.call.keepOwnHeaders(headers);
			long now = System.nanoTime();
			ConnectionWatch.Connection connection = attempt.call.parts().connections().sending(transport, headers, now);
			if (connection != null) {
				this.connection = connection;
				attempt.since = now;
				attempt.connection = connection;
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
				CallAttempt.this.failure = new StatusException(status, this.trailers);
			}
		}

		final @Nullable Metadata trailers() {
			return this.trailers;
		}

		private void heard() {
			ConnectionWatch.Connection connection = this.connection;
			if (connection != null) {
				connection.heard();
			}
		}

	}

	/**
	 * What became of a call of gRPC.
	 *
	 * @param failure the end that the caller sees in place of its own
	 * @param trailers the trailers that the caller sees with it
	 */
	record Verdict(@Nullable Status failure, Metadata trailers) {

		/** It was answered, or ended by itself: what comes is for the caller. */
		static final Verdict ANSWERED = new Verdict(null, new Metadata());

		/** Another one took its place: nothing that comes is for the caller. */
		static final Verdict REPLACED = new Verdict(null, new Metadata());

	}

}
