package io.flyteconnect.internal.call;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.Channel;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of a channel, so that its end waits for them and for nothing else:
 * gRPC keeps a connection that was replaced for 5 s
 * ({@code SUBCHANNEL_SHUTDOWN_DELAY_SECONDS} of {@code ManagedChannelImpl}), and a
 * channel does not end before its connections do.
 */
public final class CallsUnderWay {

	/** How long connections without calls have to end by themselves. */
	private static final Duration FAREWELL = Duration.ofMillis(250);

	/** In milliseconds: a call is counted in two steps. */
	private static final long LOOK_AGAIN = 1000;

	private final AtomicInteger count = new AtomicInteger();

	/** Those of them that no deadline ends. */
	private final AtomicInteger endless = new AtomicInteger();

	private volatile boolean ending;

	private volatile @Nullable Channel successor;

	private @Nullable Deadline limit;

	/**
	 * A call begins.
	 * @param endless whether it has no deadline
	 * @return where it is to go instead, {@code null} if it has been counted
	 */
	@Nullable Channel begin(boolean endless) {
		beginHere(endless);
		Channel successor = this.successor;
		if (successor != null) {
			end(endless);
		}
		return successor;
	}

	/**
	 * A call begins that has to stay on this channel.
	 * @param endless whether it has no deadline
	 */
	void beginHere(boolean endless) {
		this.count.incrementAndGet();
		if (endless) {
			this.endless.incrementAndGet();
		}
	}

	void end(boolean endless) {
		if (endless) {
			this.endless.decrementAndGet();
		}
		this.count.decrementAndGet();
		if (this.ending) {
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
			// Calls that are cancelled end at once, but not at this moment.
			channel.awaitTermination(longer(grace, FAREWELL).toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			channel.shutdownNow();
			credentials.run();
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Have calls go elsewhere that were made of this channel and have not begun.
	 * @param successor where they go
	 */
	public void redirect(Channel successor) {
		this.successor = successor;
	}

	/**
	 * Wait for the calls of a channel that another one has taken the place of: as long as
	 * their deadlines let them go on.
	 * @param successor where calls go that were made of this channel and have not begun
	 * after a moment
	 * @param grace how long those without a deadline may go on at least
	 * @return whether all have ended
	 */
	public boolean retire(Channel successor, Duration grace) {
		try {
			// The application's interceptors see a call twice that goes on elsewhere.
			Thread.sleep(shorter(grace, FAREWELL).toMillis());
			this.successor = successor;
			return awaitNone(grace) || awaitDeadlines();
		}
		catch (InterruptedException ex) {
			this.successor = successor;
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Let calls go on no longer than that, whatever their deadlines say.
	 * @param limit how long they may go on
	 */
	public synchronized void endWithin(Duration limit) {
		this.limit = Deadline.after(limit.toNanos(), TimeUnit.NANOSECONDS);
		notifyAll();
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

	// A deadline ends its call.
	private synchronized boolean awaitDeadlines() throws InterruptedException {
		while (this.count.get() > this.endless.get()) {
			long left = (this.limit != null) ? this.limit.timeRemaining(TimeUnit.MILLISECONDS) : LOOK_AGAIN;
			if (left <= 0) {
				return false;
			}
			wait(Math.min(left, LOOK_AGAIN));
		}
		return this.count.get() == 0;
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
