package io.flyteconnect.internal.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.login.LoginException;

/**
 * The one request for a token that all callers share. It makes one attempt, or two side
 * by side: the first success counts, and a failure only once no attempt is left.
 */
class SingleFlightRequest extends CompletableFuture<AccessToken> {

	private static final long SHORTEST_WAIT_MILLIS = 500;

	private final AtomicInteger attempts = new AtomicInteger(1);

	private final AtomicBoolean decided = new AtomicBoolean();

	private final long startNanos = System.nanoTime();

	private final @Nullable Object context;

	/**
	 * Create a request.
	 * @param context what the thread was about that wanted the token, or {@code null}
	 */
	SingleFlightRequest(@Nullable Object context) {
		this.context = context;
	}

	@Nullable Object context() {
		return this.context;
	}

	/**
	 * Return how long this takes by now.
	 */
	Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

	/**
	 * Make a second attempt halfway to the end of the old token: a renewal that is never
	 * answered must not hold the callers once that has ended. Without an old token the
	 * request's own time limit has to do, since a first login is slow for many reasons.
	 * @param millisLeft how long the old token is good for
	 * @param executor makes the attempt
	 * @param attempt the attempt
	 */
	void repeatHalfway(long millisLeft, Executor executor, Runnable attempt) {
		long wait = Math.max(millisLeft / 2, SHORTEST_WAIT_MILLIS);
		CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS, executor).execute(() -> {
			if (beginAnother()) {
				attempt.run();
			}
		});
	}

	private boolean beginAnother() {
		return !this.decided.get() && this.attempts.getAndUpdate((count) -> (count > 0) ? count + 1 : 0) > 0;
	}

	/**
	 * End an attempt that obtained a token.
	 * @return whether its token is the one that counts
	 */
	boolean succeed() {
		return this.decided.compareAndSet(false, true);
	}

	/**
	 * End an attempt that failed.
	 * @return whether it was the last one, so that its failure is the one that counts
	 */
	boolean fail() {
		return this.attempts.decrementAndGet() == 0 && this.decided.compareAndSet(false, true);
	}

	/**
	 * Tell all callers how the request ended.
	 */
	void end(@Nullable AccessToken token, @Nullable LoginException ex) {
		if (token != null) {
			complete(token);
		}
		else {
			completeExceptionally(ex);
		}
	}

}
