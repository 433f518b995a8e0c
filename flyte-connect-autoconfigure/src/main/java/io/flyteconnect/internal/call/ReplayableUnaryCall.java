package io.flyteconnect.internal.call;

import java.util.concurrent.TimeoutException;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.call.CallAttempt.Verdict;

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

	private int requested;

	private boolean halfClosed;

	private boolean cancelled;

	private volatile boolean repeated;

	ReplayableUnaryCall(CallInterceptors parts, MethodDescriptor<Q, R> method, CallOptions options,
			@Nullable Deadline deadline, Channel next) {
		super(parts, method, options, deadline, next);
	}

	@Override
	CallAttempt newAttempt() {
		return newAttempt(null);
	}

	private CallAttempt newAttempt(AttemptLimit.@Nullable Attempt replaced) {
		AttemptLimit limit = parts().limit();
		return (limit != null && (replaced != null || limit.appliesTo(method(), deadline())))
				? new AttemptLimit.Attempt(limit, this, replaced) : super.newAttempt();
	}

	private boolean isLimited() {
		return parts().limit() != null;
	}

	@Override
	boolean isRepeatable() {
		return token() != null;
	}

	@Override
	boolean isRepeated() {
		return this.repeated;
	}

	@Override
	public void start(Listener<R> listener, Metadata headers) {
		// A repeat may use them once the first is over, unless the two are under way
		// together, or the caller's credentials write into them, too.
		boolean shared = !isLimited() && options().getCredentials() == null;
		this.headers = shared ? headers : copy(headers);
		super.start(listener, headers);
	}

	private static Metadata copy(Metadata headers) {
		Metadata copy = new Metadata();
		copy.merge(headers);
		return copy;
	}

	@Override
	public void request(int messages) {
		synchronized (this) {
			this.requested += messages;
			delegate().request(messages);
		}
	}

	@Override
	public void sendMessage(Q message) {
		this.message = message;
		super.sendMessage(message);
	}

	@Override
	public void halfClose() {
		synchronized (this) {
			this.halfClosed = true;
			delegate().halfClose();
		}
	}

	@Override
	public void cancel(@Nullable String reason, @Nullable Throwable cause) {
		synchronized (this) {
			this.cancelled = true;
			super.cancel(reason, cause);
		}
	}

	@Override
	boolean repeat() {
		synchronized (this) {
			CallToken rejected = token();
			Metadata headers = this.headers;
			if (this.repeated || this.cancelled || !this.halfClosed || rejected == null || headers == null) {
				return false;
			}
			this.repeated = true;
			rejected.removeFrom(headers);
			sendAgain(parts().authorization().newToken(options(), rejected.asked()), newAttempt(null), headers);
			return true;
		}
	}

	/**
	 * Send the call again in place of an attempt that has got no answer.
	 * @return whether it was
	 */
	boolean replace(AttemptLimit.Attempt silent) {
		synchronized (this) {
			Metadata headers = this.headers;
			if (this.cancelled || !this.halfClosed || headers == null || !silent.decide(Verdict.REPLACED)) {
				return false;
			}
			delegate().cancel("Sent again after a time-out", new TimeoutException());
			silent.context().run(() -> sendAgain(token(), newAttempt(silent), copy(headers)));
			return true;
		}
	}

	private void sendAgain(@Nullable CallToken token, CallAttempt attempt, Metadata headers) {
		ClientCall<Q, R> call = startAnew(token, attempt, headers);
		call.request(this.requested);
		call.sendMessage(this.message);
		call.halfClose();
	}

	/**
	 * End the call in place of an attempt that was the last.
	 */
	void fail(AttemptLimit.Attempt attempt, Verdict verdict) {
		synchronized (this) {
			if (!this.cancelled && attempt.decide(verdict)) {
				// Ends in the listener, on the thread that the caller expects.
				delegate().cancel("Out of attempts", null);
			}
		}
	}

}
