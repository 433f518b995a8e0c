package io.flyteconnect.internal.call;

import java.util.concurrent.TimeoutException;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.call.CallAttempt.Verdict;
import io.flyteconnect.internal.call.CallDiagnosis.FailedCall;

/**
 * The wrapper of one call: takes it through the parts of {@link CallInterceptors}.
 *
 * @param <Q> the request
 * @param <R> the response
 */
class ConnectionCall<Q, R> extends ForwardingClientCall<Q, R> {

	/** In place of the headers of a response that the caller has. */
	private static final Metadata PASSED = new Metadata();

	private final CallInterceptors parts;

	private final MethodDescriptor<Q, R> method;

	private final CallOptions options;

	private final @Nullable Deadline deadline;

	private final Channel next;

	private volatile @Nullable CallToken token;

	private volatile CallAttempt attempt;

	private volatile ClientCall<Q, R> sent;

	private ClientCall.@Nullable Listener<R> listener;

	private boolean doubleHeaders;

	ConnectionCall(CallInterceptors parts, MethodDescriptor<Q, R> method, CallOptions options,
			@Nullable Deadline deadline, Channel next) {
		this.parts = parts;
		this.method = method;
		this.options = options;
		this.deadline = deadline;
		this.next = next;
		this.token = parts.authorization().newToken(options, 0);
		this.attempt = newAttempt();
		this.sent = newCall(this.attempt, this.token);
	}

	CallAttempt newAttempt() {
		return new CallAttempt(this);
	}

	private ClientCall<Q, R> newCall(CallAttempt attempt, @Nullable CallToken token) {
		this.parts.connections().calling();
		// One expression, so that the JVM can leave out the copies in between.
		return this.next.newCall(this.method,
				this.options.withDeadline(this.deadline)
					.withCallCredentials(CallToken.beside(this.options.getCredentials(), token))
					.withStreamTracerFactory(attempt));
	}

	@Override
	protected final ClientCall<Q, R> delegate() {
		return this.sent;
	}

	final CallInterceptors parts() {
		return this.parts;
	}

	final MethodDescriptor<Q, R> method() {
		return this.method;
	}

	final @Nullable Deadline deadline() {
		return this.deadline;
	}

	final CallOptions options() {
		return this.options;
	}

	final @Nullable CallToken token() {
		return this.token;
	}

	final void keepOwnHeaders(Metadata headers) {
		if (this.doubleHeaders) {
			this.parts.authorization().keepOwnHeaders(headers);
		}
	}

	@Override
	public void start(Listener<R> listener, Metadata headers) {
		this.listener = listener;
		this.doubleHeaders = this.parts.authorization().prepare(this.options, headers);
		this.parts.underWay().begin();
		try {
			startSent(headers);
		}
		catch (RuntimeException | Error ex) {
			this.parts.underWay().end();
			throw ex;
		}
	}

	private void startSent(Metadata headers) {
		try {
			this.sent.start(new AttemptListener(this.attempt), headers);
		}
		catch (LinkageError ex) {
			// Libraries that do not fit together often meet at the first call only.
			throw this.parts.diagnosis().explain(ex);
		}
	}

	/**
	 * Make another call of gRPC in place of the one that was sent.
	 */
	final ClientCall<Q, R> startAnew(@Nullable CallToken token, CallAttempt attempt, Metadata headers) {
		this.token = token;
		this.attempt = attempt;
		this.sent = newCall(attempt, token);
		startSent(headers);
		return this.sent;
	}

	@Override
	public void sendMessage(Q message) {
		try {
			super.sendMessage(message);
		}
		catch (LinkageError ex) {
			throw this.parts.diagnosis().explain(ex);
		}
	}

	@Override
	public void cancel(@Nullable String reason, @Nullable Throwable cause) {
		if (cause instanceof TimeoutException) {
			this.attempt.timedOut();
		}
		this.sent.cancel(reason, cause);
	}

	/**
	 * Send the call once more with another token.
	 * @return whether it was
	 */
	boolean repeat() {
		return false;
	}

	boolean isRepeated() {
		return false;
	}

	/**
	 * Whether the headers of a response have to wait until it is certain that its attempt
	 * is the one that counts.
	 */
	boolean isRepeatable() {
		return false;
	}

	private final class AttemptListener extends ForwardingClientCallListener<R> {

		private final CallAttempt attempt;

		private @Nullable Metadata headers;

		private AttemptListener(CallAttempt attempt) {
			this.attempt = attempt;
		}

		@Override
		protected Listener<R> delegate() {
			Listener<R> listener = ConnectionCall.this.listener;
			if (listener == null) {
				throw new IllegalStateException("Not started");
			}
			return listener;
		}

		@Override
		public void onHeaders(Metadata headers) {
			if (this.attempt.isForCaller()) {
				this.headers = headers;
				if (!isRepeatable()) {
					passHeaders();
				}
			}
		}

		@Override
		public void onMessage(R message) {
			if (this.attempt.isForCaller()) {
				passHeaders();
				super.onMessage(message);
			}
		}

		private void passHeaders() {
			Metadata held = this.headers;
			if (held != null && held != PASSED) {
				this.headers = PASSED;
				super.onHeaders(held);
			}
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			Verdict verdict = this.attempt.end();
			if (verdict == Verdict.REPLACED) {
				return;
			}
			if (verdict != null && verdict.failure() != null) {
				close(verdict.failure(), verdict.trailers());
			}
			else if (status.isOk()) {
				close(status, trailers);
			}
			else {
				explain(status, trailers);
			}
		}

		private void explain(Status status, Metadata trailers) {
			if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
				this.attempt.timedOut();
			}
			ConnectionCall<Q, R> call = ConnectionCall.this;
			call.parts.diagnosis()
				.explain(new FailedCall(call.method, call.options, call.next, trailers, this.headers != null),
						this.attempt.caused(status), (explained) -> close(explained, trailers));
		}

		private void close(Status status, Metadata trailers) {
			ConnectionCall<Q, R> call = ConnectionCall.this;
			CallAuthorization authorization = call.parts.authorization();
			CallToken used = call.token;
			boolean another = used != null && authorization.isRejected(status, used);
			if (another && repeat()) {
				return;
			}
			try {
				passHeaders();
				super.onClose(authorization.explain(status, call.options, used, isRepeated()), trailers);
			}
			finally {
				call.parts.underWay().end();
			}
		}

	}

}
