package io.flyteconnect.internal.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one request for a token that all callers share. It makes one attempt, or two side
 * by side: the first success counts, and a failure only once no attempt is left.
 */
class SingleFlightRequest extends CompletableFuture<AccessToken> {

	private final AtomicInteger attempts = new AtomicInteger(1);

	private final AtomicBoolean decided = new AtomicBoolean();

	private final long startNanos = System.nanoTime();

	/**
	 * Return how long this takes by now.
	 */
	Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

	/**
	 * Begin another attempt.
	 * @return whether there is still something to wait for
	 */
	boolean beginAnother() {
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

}
