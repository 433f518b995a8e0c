package io.flyteconnect.internal.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import io.grpc.Attributes;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import org.jspecify.annotations.Nullable;

/**
 * A unary call that is begun anew when an attempt of it stays without an answer. Each
 * {@link AttemptRound} is one call of gRPC, which retries by its own policy; the attempts
 * of all rounds count together.
 *
 * @param <Q> the type of the request
 * @param <R> the type of the response
 */
class AttemptTimeoutCall<Q, R> extends ClientCall<Q, R> {

	private final int maxAttempts;

	private final Duration timeout;

	private final Function<ClientStreamTracer.Factory, ClientCall<Q, R>> calls;

	// Calls of gRPC are made in here one after the other, without holding a lock.
	private final SynchronizationContext steps = new SynchronizationContext(
			(thread, ex) -> cancel("Unexpected failure", ex));

	// gRPC binds a call to the context that it is created in: every round to the
	// caller's.
	private final Context context = Context.current();

	private final AtomicInteger attempts = new AtomicInteger();

	private final List<Consumer<ClientCall<Q, R>>> said = new ArrayList<>();

	private volatile AttemptRound<Q, R> round;

	private volatile boolean repeated;

	private boolean cancelled;

	AttemptTimeoutCall(int maxAttempts, Duration timeout,
			Function<ClientStreamTracer.Factory, ClientCall<Q, R>> calls) {
		this.maxAttempts = maxAttempts;
		this.timeout = timeout;
		this.calls = calls;
		this.round = new AttemptRound<>(this, calls);
	}

	@Override
	public void start(Listener<R> listener, Metadata headers) {
		say((call) -> {
			Metadata copy = new Metadata();
			copy.merge(headers);
			call.start(this.round.listener(listener), copy);
		});
	}

	@Override
	public void request(int messages) {
		say((call) -> call.request(messages));
	}

	@Override
	public void sendMessage(Q message) {
		say((call) -> call.sendMessage(message));
	}

	@Override
	public void setMessageCompression(boolean enabled) {
		say((call) -> call.setMessageCompression(enabled));
	}

	@Override
	public void halfClose() {
		say(ClientCall::halfClose);
	}

	@Override
	public void cancel(@Nullable String message, @Nullable Throwable cause) {
		this.steps.execute(() -> {
			this.cancelled = true;
			this.round.call().cancel(message, cause);
		});
	}

	@Override
	public boolean isReady() {
		return this.round.call().isReady();
	}

	@Override
	public Attributes getAttributes() {
		return this.round.call().getAttributes();
	}

	private void say(Consumer<ClientCall<Q, R>> step) {
		this.steps.execute(() -> {
			this.said.add(step);
			step.accept(this.round.call());
		});
	}

	int countAttempt() {
		return this.attempts.incrementAndGet();
	}

	Duration timeout() {
		return this.timeout;
	}

	void attemptTimedOut(AttemptRound<Q, R> round) {
		this.steps.execute(() -> {
			if (this.cancelled) {
				return;
			}
			if (this.attempts.get() >= this.maxAttempts) {
				round.fail(
						Status.DEADLINE_EXCEEDED
							.withDescription("No answer within " + this.timeout.toMillis() + " ms, which is"
									+ " flyte.channel.per-retry-timeout, after " + this.attempts + " attempts"),
						new Metadata(), new TimeoutException());
			}
			else if (round.replace()) {
				this.repeated = true;
				this.context.run(() -> {
					this.round = new AttemptRound<>(this, this.calls);
					this.said.forEach((step) -> step.accept(this.round.call()));
				});
			}
		});
	}

	// gRPC counts the attempts of its own call only, which is enough for the first round.
	void attemptFailed(AttemptRound<Q, R> round, int attempt, Status status, Metadata trailers) {
		if (this.repeated && attempt >= this.maxAttempts) {
			this.steps.execute(() -> round.fail(status, trailers, null));
		}
	}

}
