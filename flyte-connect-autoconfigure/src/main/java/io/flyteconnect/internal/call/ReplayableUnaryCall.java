package io.flyteconnect.internal.call;

import java.util.concurrent.TimeoutException;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.call.AttemptLimit.Verdict;
import io.flyteconnect.internal.call.authorization.CallToken;
import io.flyteconnect.internal.listener.CallListener.Resend;

/**
 * A unary call that can be sent again by another call of gRPC: once with another token,
 * when the server rejects the one it was sent with, and, if it is a read, when an attempt
 * gets no answer within {@link AttemptLimit}. What follows waits for its token and its
 * connection inside gRPC, so the deadline and the cancellation of the call hold all the
 * time.
 *
 * @param <Q> the request
 * @param <R> the response
 */
final class ReplayableUnaryCall<Q, R> extends ConnectionCall<Q, R> {

	private @Nullable Metadata headers;

	private @Nullable Q message;

	// Two are enough, and with the flags they take no more room.
	private byte requested;

	private boolean halfClosed;

	private boolean cancelled;

	private volatile boolean repeated;

	ReplayableUnaryCall(CallInterceptors parts, MethodDescriptor<Q, R> method, CallOptions options,
			@Nullable Deadline deadline, Channel next) {
		super(parts, method, options, deadline, next);
	}

	@Override
	CallAttempt<Q, R> newAttempt() {
		AttemptLimit limit = parts().limit();
		return (limit != null && !isSentTwiceAtMost() && limit.appliesTo(method(), deadline()))
				? new AttemptLimit.Attempt<>(limit, this, null) : super.newAttempt();
	}

	@Override
	boolean isRepeatable() {
		return true;
	}

	@Override
	boolean isRepeated() {
		return this.repeated;
	}

	@Override
	public void start(Listener<R> listener, Metadata headers) {
		// A repeat may use them once the first is over, unless the two are under way
		// together, or the caller's credentials write into them, too.
		this.headers = (parts().limit() == null && options().getCredentials() == null) ? headers : copy(headers);
		super.start(listener, headers);
	}

	private static Metadata copy(Metadata headers) {
		Metadata copy = new Metadata();
		copy.merge(headers);
		return copy;
	}

	@Override
	public synchronized void request(int messages) {
		this.requested = (byte) Math.min(2, this.requested + messages);
		delegate().request(messages);
	}

	@Override
	public synchronized void sendMessage(Q message) {
		this.message = message;
		super.sendMessage(message);
	}

	@Override
	public synchronized void halfClose() {
		this.halfClosed = true;
		delegate().halfClose();
	}

	@Override
	public synchronized void cancel(@Nullable String reason, @Nullable Throwable cause) {
		this.cancelled = true;
		super.cancel(reason, cause);
	}

	@Override
	synchronized boolean repeat() {
		Metadata headers = this.headers;
		if (this.repeated || this.cancelled || headers == null) {
			return false;
		}
		this.repeated = true;
		CallToken rejected = attempt();
		rejected.removeFrom(headers);
		CallAttempt<Q, R> next = newAttempt();
		next.repeats(rejected);
		if (rejected.hasSentToken()) {
			tell(Resend.TOKEN_REJECTED);
		}
		sendAgain(next, headers);
		return true;
	}

	/**
	 * Send the call again in place of an attempt that has got no answer.
	 * @return whether it was
	 */
	synchronized boolean replace(AttemptLimit.Attempt<Q, R> silent) {
		Metadata headers = this.headers;
		if (this.cancelled || !this.halfClosed || headers == null || !silent.decide(Verdict.REPLACED)) {
			return false;
		}
		tell(Resend.NO_ANSWER);
		delegate().cancel("Sent again after a time-out", new TimeoutException());
		silent.context().run(() -> sendAgain(silent.next(), copy(headers)));
		return true;
	}

	private void tell(Resend reason) {
		parts().authorization().listener().resent(method(), reason);
	}

	private void sendAgain(CallAttempt<Q, R> attempt, Metadata headers) {
		ClientCall<Q, R> call = startAnew(attempt, headers);
		call.request(this.requested);
		// A server may refuse by the headers alone: the caller goes on with the new call.
		if (this.message != null) {
			call.sendMessage(this.message);
		}
		if (this.halfClosed) {
			call.halfClose();
		}
	}

	@Override
	synchronized void giveUp() {
		if (!this.cancelled) {
			delegate().cancel("Sent twice", null);
		}
	}

	/**
	 * End the call in place of an attempt that was the last.
	 */
	synchronized void fail(AttemptLimit.Attempt<Q, R> attempt, Verdict verdict) {
		if (!this.cancelled && attempt.decide(verdict)) {
			// Ends in the listener, on the thread that the caller expects.
			delegate().cancel("Out of attempts", null);
		}
	}

}
