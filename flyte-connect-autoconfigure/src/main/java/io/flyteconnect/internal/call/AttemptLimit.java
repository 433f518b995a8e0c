package io.flyteconnect.internal.call;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.grpc.ClientStreamTracer;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.internal.GrpcUtil;
import io.grpc.internal.SharedResourceHolder;
import org.jspecify.annotations.Nullable;

/**
 * How long one attempt of a read may stay without an answer
 * ({@code flyte.channel.per-retry-timeout}). gRPC Java parses
 * {@code perAttemptRecvTimeout} of a retry policy and then ignores it. Calls that change
 * something keep the one deadline of the call, because the server may be working on them.
 */
public final class AttemptLimit implements AutoCloseable {

	private final int maxAttempts;

	private final Duration timeout;

	private final ScheduledExecutorService timer = SharedResourceHolder.get(GrpcUtil.TIMER_SERVICE);

	private final AtomicBoolean closed = new AtomicBoolean();

	private final Executor executor = SharedResourceHolder.get(GrpcUtil.SHARED_CHANNEL_EXECUTOR);

	/**
	 * Create a limit, with gRPC's own timer and threads.
	 * @param maxAttempts how often a call is sent at most, the first time and gRPC's own
	 * retries included
	 * @param timeout how long one attempt may stay without an answer
	 */
	public AttemptLimit(int maxAttempts, Duration timeout) {
		this.maxAttempts = maxAttempts;
		this.timeout = timeout;
	}

	/**
	 * Whether an attempt of a call may end before the call does.
	 */
	boolean appliesTo(MethodDescriptor<?, ?> method, @Nullable Deadline deadline) {
		if (!ReadMethods.fullNames().contains(method.getFullMethodName())) {
			return false;
		}
		Deadline context = Context.current().getDeadline();
		return isBefore(deadline) && isBefore(context);
	}

	private boolean isBefore(@Nullable Deadline end) {
		return end == null || end.timeRemaining(TimeUnit.NANOSECONDS) > this.timeout.toNanos();
	}

	/**
	 * Do something when an attempt that is sent now has had its time. The timer is for
	 * quick tasks only, so it hands the task over.
	 */
	ScheduledFuture<?> after(Runnable task) {
		return this.timer.schedule(() -> this.executor.execute(task), this.timeout.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			SharedResourceHolder.release(GrpcUtil.TIMER_SERVICE, this.timer);
			SharedResourceHolder.release(GrpcUtil.SHARED_CHANNEL_EXECUTOR, this.executor);
		}
	}

	/**
	 * A call of gRPC whose attempts may each be without an answer for a limited time. The
	 * attempts of all calls that replace each other count together.
	 */
	static final class Attempt<Q, R> extends CallAttempt<Q, R> {

		private final AttemptLimit limit;

		private final ReplayableUnaryCall<Q, R> call;

		private final AtomicInteger sent;

		private final boolean repeated;

		// gRPC binds a call to the context that it is created in: each to the caller's.
		private final Context context = Context.current();

		// Empty while there is neither an answer nor a decision to give up.
		private final AtomicReference<@Nullable Verdict> verdict = new AtomicReference<>();

		Attempt(AttemptLimit limit, ReplayableUnaryCall<Q, R> call, @Nullable Attempt<Q, R> replaced) {
			super(call);
			this.limit = limit;
			this.call = call;
			this.sent = (replaced != null) ? replaced.sent : new AtomicInteger();
			this.repeated = replaced != null;
			if (replaced != null) {
				continueFrom(replaced);
			}
		}

		/**
		 * Decide what becomes of the attempt, unless that is decided.
		 * @return whether it was not
		 */
		boolean decide(Verdict verdict) {
			return this.verdict.compareAndSet(null, verdict);
		}

		/**
		 * Return an attempt that takes the place of this one.
		 */
		Attempt<Q, R> next() {
			return new Attempt<>(this.limit, this.call, this);
		}

		Context context() {
			return this.context;
		}

		@Override
		boolean isForCaller() {
			return this.verdict.get() == Verdict.ANSWERED;
		}

		@Override
		@Nullable Verdict end() {
			decide(Verdict.ANSWERED);
			return this.verdict.get();
		}

		/**
		 * End an attempt without an answer.
		 * @return whether it is over, which it is not while the request is being written
		 */
		private boolean endSilent() {
			if (this.verdict.get() != null) {
				return true;
			}
			timedOut();
			if (this.sent.get() < this.limit.maxAttempts) {
				return this.call.replace(this);
			}
			this.call.fail(this, new Verdict(
					Status.DEADLINE_EXCEEDED.withDescription("No answer within " + this.limit.timeout.toMillis()
							+ " ms, which is" + " flyte.channel.per-retry-timeout, after " + this.sent + " attempts"),
					new Metadata()));
			return true;
		}

		@Override
		ClientStreamTracer newTracer(ClientStreamTracer.StreamInfo info) {
			return new LimitedTracer(info.isTransparentRetry() ? this.sent.get() : this.sent.incrementAndGet());
		}

		private final class LimitedTracer extends Tracer {

			private final int number;

			private volatile @Nullable ScheduledFuture<?> end;

			private volatile boolean answered;

			LimitedTracer(int number) {
				this.number = number;
			}

			@Override
			public void outboundHeaders() {
				this.end = Attempt.this.limit.after(this::timeOut);
				if (this.answered) {
					answer();
				}
			}

			private void timeOut() {
				if (!this.answered && !endSilent()) {
					outboundHeaders();
				}
			}

			private void answer() {
				this.answered = true;
				ScheduledFuture<?> end = this.end;
				if (end != null) {
					end.cancel(false);
				}
			}

			@Override
			public void inboundHeaders() {
				super.inboundHeaders();
				decide(Verdict.ANSWERED);
				answer();
			}

			@Override
			public void streamClosed(Status status) {
				super.streamClosed(status);
				answer();
				// gRPC counts the attempts of its own call only, enough for the first
				// one.
				Attempt<Q, R> attempt = Attempt.this;
				if (!status.isOk() && attempt.repeated && this.number >= attempt.limit.maxAttempts) {
					Metadata trailers = attempt.trailers;
					attempt.call.fail(attempt, new Verdict(status, (trailers != null) ? trailers : new Metadata()));
				}
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
