package io.flyteconnect.internal.call;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.call.CallDiagnosis.FailedCall;
import io.flyteconnect.internal.call.authorization.CallAuthorization;
import io.flyteconnect.internal.call.authorization.CallToken;
import io.flyteconnect.internal.listener.CallListener.Resend;

/**
 * What is known of one call of gRPC, which may send it more than once: its tokens, when
 * its last attempt was sent over which connection, and how the one before ended. All in
 * one object, since there is one for each call.
 *
 * @param <Q> the request
 * @param <R> the response
 */
class CallAttempt<Q, R> extends CallToken {

	/** In place of the headers of a response that the caller has. */
	private static final Metadata PASSED = new Metadata();

	private final ConnectionCall<Q, R> call;

	private volatile ConnectionWatch.@Nullable Connection connection;

	private volatile long since = System.nanoTime();

	private volatile @Nullable StatusException failure;

	@Nullable Metadata trailers;

	private @Nullable Metadata responseHeaders;

	CallAttempt(ConnectionCall<Q, R> call) {
		this.call = call;
	}

	@Override
	protected final CallAuthorization authorization() {
		return this.call.parts().authorization();
	}

	@Override
	protected final CallOptions options() {
		return this.call.options();
	}

	ClientStreamTracer newTracer(ClientStreamTracer.StreamInfo info) {
		return new Tracer();
	}

	final ClientStreamTracer newTracerOfRepeat(ClientStreamTracer.StreamInfo info) {
		return this.call.isSentTwiceAtMost() ? new LastTracer() : newTracer(info);
	}

	/**
	 * gRPC sends the call once more of its own.
	 */
	final void tellRetry(boolean transparent) {
		authorization().listener().resent(this.call.method(), transparent ? Resend.TRANSPARENT_RETRY : Resend.RETRY);
	}

	/**
	 * The call, or its last attempt, ended by time.
	 */
	final void timedOut() {
		// Written after the time, so read before it.
		ConnectionWatch.Connection last = this.connection;
		this.call.parts().connections().timedOut(last, this.since);
	}

	// Name what the last attempt ended by, where the call's own deadline hides it: gRPC
	// names the codes of the attempts alone.
	private Status caused(Status status) {
		StatusException failure = this.failure;
		boolean hidden = status.getCode() == Code.DEADLINE_EXCEEDED && status.getCause() == null;
		return (hidden && failure != null && !isEndOfCall(failure.getStatus())) ? status.withCause(failure) : status;
	}

	private static boolean isEndOfCall(Status status) {
		return status.getCode() == Code.DEADLINE_EXCEEDED || status.getCode() == Code.CANCELLED;
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
	AttemptLimit.@Nullable Verdict end() {
		return null;
	}

	/**
	 * Sees one attempt of gRPC. They come one after the other.
	 */
	class Tracer extends ClientStreamTracer {

		@Override
		public void streamCreated(Attributes transport, Metadata headers) {
			CallAttempt<Q, R> attempt = CallAttempt.this;
			CallInterceptors parts = attempt.call.parts();
			attempt.trailers = null;
			keepOwnHeaders(headers);
			long now = System.nanoTime();
			ConnectionWatch.Connection connection = parts.connections().sending(transport, headers, now);
			if (connection != null) {
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
			CallAttempt.this.trailers = trailers;
			heard();
		}

		@Override
		public void streamClosed(Status status) {
			// An attempt that the end of the call cuts off says nothing of its own.
			Metadata trailers = CallAttempt.this.trailers;
			if (!status.isOk() && (trailers != null || !isEndOfCall(status))) {
				CallAttempt.this.failure = new StatusException(status, trailers);
			}
		}

		private void heard() {
			ConnectionWatch.Connection heard = CallAttempt.this.connection;
			if (heard != null) {
				heard.heard();
			}
		}

	}

	/**
	 * Sees the attempt after which a call is given up.
	 */
	private final class LastTracer extends Tracer {

		@Override
		public void streamClosed(Status status) {
			super.streamClosed(status);
			StatusException failure = CallAttempt.this.failure;
			if (!status.isOk() && failure != null && failure.getStatus() == status) {
				CallAttempt.this.failure = new LastFailure(failure);
				CallAttempt.this.call.giveUp();
			}
		}

	}

	/**
	 * The failure of the attempt after which a call was given up, so its end.
	 */
	private static final class LastFailure extends StatusException {

		LastFailure(StatusException failure) {
			super(failure.getStatus(), failure.getTrailers());
		}

	}

	/**
	 * Takes what comes back the way that the call went, from the inside out.
	 */
	final class AttemptListener extends ForwardingClientCallListener<R> {

		@Override
		protected ClientCall.Listener<R> delegate() {
			return CallAttempt.this.call.listener();
		}

		@Override
		public void onHeaders(Metadata headers) {
			if (isForCaller()) {
				CallAttempt.this.responseHeaders = headers;
				if (!CallAttempt.this.call.isRepeatable()) {
					passHeaders();
				}
			}
		}

		@Override
		public void onMessage(R message) {
			if (isForCaller()) {
				authorization().received(message);
				passHeaders();
				super.onMessage(message);
			}
		}

		private void passHeaders() {
			Metadata held = CallAttempt.this.responseHeaders;
			if (held != null && held != PASSED) {
				CallAttempt.this.responseHeaders = PASSED;
				super.onHeaders(held);
			}
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			AttemptLimit.Verdict verdict = end();
			if (verdict == AttemptLimit.Verdict.REPLACED) {
				return;
			}
			if (verdict != null && verdict.failure() != null) {
				close(verdict.failure(), verdict.trailers());
			}
			else if (status.isOk()) {
				close(status, trailers);
			}
			else if (status.getCode() == Code.CANCELLED && CallAttempt.this.failure instanceof LastFailure last) {
				Metadata sent = last.getTrailers();
				explain(last.getStatus(), (sent != null) ? sent : new Metadata());
			}
			else {
				explain(status, trailers);
			}
		}

		private void explain(Status status, Metadata trailers) {
			if (status.getCode() == Code.DEADLINE_EXCEEDED) {
				timedOut();
			}
			CallAttempt<Q, R> attempt = CallAttempt.this;
			FailedCall failed = attempt.call.failed(trailers, attempt.responseHeaders != null);
			attempt.call.parts().diagnosis().explain(failed, caused(status), (end) -> close(end, trailers));
		}

		private void close(Status status, Metadata trailers) {
			ConnectionCall<Q, R> call = CallAttempt.this.call;
			CallAuthorization authorization = authorization();
			if (authorization.isRejected(status, CallAttempt.this) && call.repeat()) {
				return;
			}
			try {
				passHeaders();
				Status explained = authorization.explain(status, CallAttempt.this, call.isRepeated());
				endWait();
				super.onClose(explained, trailers);
			}
			finally {
				call.ended();
			}
		}

	}

}
