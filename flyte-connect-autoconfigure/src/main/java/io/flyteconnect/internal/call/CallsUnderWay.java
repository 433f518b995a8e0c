package io.flyteconnect.internal.call;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.ManagedChannel;

/**
 * Counts the calls of a channel, so that its end waits for them and for nothing else:
 * gRPC keeps a connection that was replaced for 5 s
 * ({@code SUBCHANNEL_SHUTDOWN_DELAY_SECONDS} of {@code ManagedChannelImpl}), and a
 * channel does not end before its connections do.
 */
public final class CallsUnderWay {

	/** How long connections without calls have to end by themselves. */
	private static final Duration FAREWELL = Duration.ofMillis(250);

	private final AtomicInteger count = new AtomicInteger();

	private volatile boolean ending;

	void begin() {
		this.count.incrementAndGet();
	}

	void end() {
		if (this.count.decrementAndGet() == 0 && this.ending) {
			synchronized (this) {
				notifyAll();
			}
		}
	}

	/**
	 * End a channel. A connection does not end while credentials are awaited on it, even
	 * those of calls that have ended ({@code CallCredentialsApplyingTransportFactory} of
	 * gRPC).
	 * @param channel the channel
	 * @param grace how long calls may go on
	 * @param credentials ends the wait for credentials
	 */
	public void end(ManagedChannel channel, Duration grace, Runnable credentials) {
		channel.shutdown();
		try {
			boolean none = awaitNone(grace);
			if (!none) {
				channel.shutdownNow();
			}
			credentials.run();
			if (none && !channel.awaitTermination(shorter(grace, FAREWELL).toNanos(), TimeUnit.NANOSECONDS)) {
				channel.shutdownNow();
			}
			channel.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			channel.shutdownNow();
			credentials.run();
			Thread.currentThread().interrupt();
		}
	}

	private synchronized boolean awaitNone(Duration grace) throws InterruptedException {
		this.ending = true;
		long end = System.nanoTime() + grace.toNanos();
		while (this.count.get() > 0) {
			long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
			if (left <= 0) {
				return false;
			}
			wait(left);
		}
		return true;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
