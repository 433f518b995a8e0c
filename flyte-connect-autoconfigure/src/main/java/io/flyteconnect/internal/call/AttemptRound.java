package io.flyteconnect.internal.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.channel.reconnect.LateTasks;

/**
 * One call of gRPC within an {@link AttemptTimeoutCall}: watches each attempt that gRPC
 * makes, and passes on what the call answers unless another round took its place.
 *
 * @param <Q> the type of the request
 * @param <R> the type of the response
 */
class AttemptRound<Q, R> extends ClientStreamTracer.Factory {

	private final AttemptTimeoutCall<Q, R> owner;

	private final ClientCall<Q, R> call;

	private final AtomicInteger attempt = new AtomicInteger();

	// Empty while there is neither an answer nor a decision to give up.
	private final AtomicReference<@Nullable Verdict> verdict = new AtomicReference<>();

	AttemptRound(AttemptTimeoutCall<Q, R> owner, Function<ClientStreamTracer.Factory, ClientCall<Q, R>> calls) {
		this.owner = owner;
		this.call = calls.apply(this);
	}

	ClientCall<Q, R> call() {
		return this.call;
	}

	boolean replace() {
		boolean replaced = this.verdict.compareAndSet(null, Verdict.REPLACED);
		if (replaced) {
			this.call.cancel("Sent again after a time-out", new TimeoutException());
		}
		return replaced;
	}

	void fail(Status status, Metadata trailers, @Nullable TimeoutException cause) {
		if (this.verdict.compareAndSet(null, new Verdict(status, trailers))) {
			// Ends in the listener below, on the thread that the caller expects.
			this.call.cancel("Out of attempts", cause);
		}
	}

	ClientCall.Listener<R> listener(ClientCall.Listener<R> delegate) {
		return new RoundListener(delegate);
	}

	@Override
	public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
		if (info.isTransparentRetry()) {
			return new AttemptTracer(this.attempt.get());
		}
		this.attempt.set(this.owner.countAttempt());
		return new AttemptTracer(this.attempt.get());
	}

	/**
	 * How a round was decided.
	 *
	 * @param failure the end that the caller sees in place of the round's own
	 * @param trailers the trailers that the caller sees with it
	 */
	private record Verdict(@Nullable Status failure, Metadata trailers) {

		static final Verdict ANSWERED = new Verdict(null, new Metadata());

		static final Verdict REPLACED = new Verdict(null, new Metadata());

	}

	private final class RoundListener extends SimpleForwardingClientCallListener<R> {

		RoundListener(ClientCall.Listener<R> delegate) {
			super(delegate);
		}

		@Override
		public void onReady() {
			if (AttemptRound.this.verdict.get() != Verdict.REPLACED) {
				super.onReady();
			}
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			AttemptRound.this.verdict.compareAndSet(null, Verdict.ANSWERED);
			Verdict decided = AttemptRound.this.verdict.get();
			if (decided == null || decided == Verdict.ANSWERED) {
				super.onClose(status, trailers);
			}
			else if (decided.failure() != null) {
				super.onClose(decided.failure(), decided.trailers());
			}
		}

		@Override
		public void onHeaders(Metadata headers) {
			if (AttemptRound.this.verdict.get() == Verdict.ANSWERED) {
				super.onHeaders(headers);
			}
		}

		@Override
		public void onMessage(R message) {
			if (AttemptRound.this.verdict.get() == Verdict.ANSWERED) {
				super.onMessage(message);
			}
		}

	}

	private final class AttemptTracer extends ClientStreamTracer {

		private final int number;

		private final CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();

		private Metadata trailers = new Metadata();

		AttemptTracer(int number) {
			this.number = number;
		}

		@Override
		public void outboundHeaders() {
			Duration timeout = AttemptRound.this.owner.timeout();
			this.answer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).whenComplete((done, ex) -> {
				if (ex instanceof TimeoutException) {
					LateTasks.EXECUTOR.execute(() -> AttemptRound.this.owner.attemptTimedOut(AttemptRound.this));
				}
			});
		}

		@Override
		public void inboundHeaders() {
			AttemptRound.this.verdict.compareAndSet(null, Verdict.ANSWERED);
			this.answer.complete(null);
		}

		@Override
		public void inboundTrailers(Metadata trailers) {
			this.trailers = trailers;
		}

		@Override
		public void streamClosed(Status status) {
			this.answer.complete(null);
			if (!status.isOk()) {
				AttemptRound.this.owner.attemptFailed(AttemptRound.this, this.number, status, this.trailers);
			}
		}

	}

}
