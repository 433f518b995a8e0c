package io.flyteconnect.internal.call;

import java.util.concurrent.TimeoutException;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.CompositeCallCredentials;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.call.CallDiagnosis.FailedCall;
import io.flyteconnect.internal.call.authorization.CallAuthorization;

/**
 * The wrapper of one call: takes it through the parts of {@link CallInterceptors}.
 *
 * @param <Q> the request
 * @param <R> the response
 */
class ConnectionCall<Q, R> extends ForwardingClientCall<Q, R> {

	private final CallInterceptors parts;

	private final MethodDescriptor<Q, R> method;

	private final CallOptions options;

	private final @Nullable Deadline deadline;

	private final Channel next;

	private volatile CallAttempt<Q, R> attempt;

	private volatile ClientCall<Q, R> sent;

	private ClientCall.@Nullable Listener<R> listener;

	private boolean endless;

	ConnectionCall(CallInterceptors parts, MethodDescriptor<Q, R> method, CallOptions options,
			@Nullable Deadline deadline, Channel next) {
		this.parts = parts;
		this.method = method;
		this.options = options;
		this.deadline = deadline;
		this.next = next;
		this.attempt = newAttempt();
		this.sent = newCall(this.attempt);
	}

	CallAttempt<Q, R> newAttempt() {
		return new CallAttempt<>(this);
	}

	private ClientCall<Q, R> newCall(CallAttempt<Q, R> attempt) {
		this.parts.connections().calling();
		CallCredentials own = this.options.getCredentials();
		// In one expression the JVM can leave out the copies in between.
		if (own == null) {
			return this.next.newCall(this.method,
					this.options.withDeadline(this.deadline)
						.withCallCredentials(attempt)
						.withStreamTracerFactory(AttemptTracers.OF_CREDENTIALS));
		}
		boolean proxied = this.parts.authorization().proxy() != null;
		return this.next.newCall(this.method,
				this.options.withDeadline(this.deadline)
					.withCallCredentials(proxied ? new CompositeCallCredentials(own, attempt) : own)
					.withStreamTracerFactory(AttemptTracers.of(attempt)));
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

	final CallOptions options() {
		return this.options;
	}

	final @Nullable Deadline deadline() {
		return this.deadline;
	}

	final FailedCall failed(Metadata trailers, boolean answered) {
		return new FailedCall(this.method, this.options, this.next, trailers, answered);
	}

	final CallAttempt<Q, R> attempt() {
		return this.attempt;
	}

	final Listener<R> listener() {
		Listener<R> listener = this.listener;
		if (listener == null) {
			throw new IllegalStateException("Not started");
		}
		return listener;
	}

	@Override
	public void start(Listener<R> listener, Metadata headers) {
		this.listener = listener;
		Channel successor = begin();
		if (successor != null) {
			this.sent = successor.newCall(this.method, this.options);
			this.sent.start(listener, headers);
			return;
		}
		CallAuthorization authorization = this.parts.authorization();
		this.attempt.startedIn(authorization.listener().started());
		try {
			authorization.prepare(this.options, this.attempt, headers);
			this.sent.start(this.attempt.new AttemptListener(), headers);
		}
		catch (LinkageError ex) {
			// Libraries that do not fit together often meet at the first call only.
			ended();
			throw this.parts.diagnosis().explain(ex);
		}
		catch (RuntimeException | Error ex) {
			ended();
			throw ex;
		}
	}

	/**
	 * Begin, unless the channel has been replaced since the call was made. What asks how
	 * to log in stays with the login that asks: it is for the server of this channel.
	 */
	private @Nullable Channel begin() {
		this.endless = this.deadline == null && Context.current().getDeadline() == null;
		if (this.options.getOption(CallAuthorization.ANONYMOUS)) {
			this.parts.underWay().beginHere(this.endless);
			return null;
		}
		return this.parts.underWay().begin(this.endless);
	}

	final void ended() {
		this.parts.underWay().end(this.endless);
	}

	@Override
	public void sendMessage(Q message) {
		try {
			this.sent.sendMessage(message);
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
	 * Start another call of gRPC in place of the one that was sent.
	 */
	final ClientCall<Q, R> startAnew(CallAttempt<Q, R> attempt, Metadata headers) {
		ClientCall<Q, R> call = newCall(attempt);
		this.attempt = attempt;
		this.sent = call;
		this.parts.authorization().prepare(this.options, attempt, headers);
		call.start(attempt.new AttemptListener(), headers);
		return call;
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

	final boolean isSentTwiceAtMost() {
		return this.options.getOption(CallInterceptors.AT_MOST_TWICE);
	}

	/**
	 * Let gRPC send the call no more.
	 */
	void giveUp() {
	}

	/**
	 * Whether the headers of a response have to wait until it is certain that its attempt
	 * is the one that counts.
	 */
	boolean isRepeatable() {
		return false;
	}

}
