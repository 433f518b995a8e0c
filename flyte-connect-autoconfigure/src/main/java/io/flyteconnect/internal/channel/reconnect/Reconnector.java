package io.flyteconnect.internal.channel.reconnect;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes a channel connect anew. {@link ManagedChannel#enterIdle()} lets calls under way
 * finish on their connections and sends later ones, and those that still wait for a
 * connection, over new ones.
 */
final class Reconnector {

	private static final Log logger = LogFactory.getLog(Reconnector.class);

	/**
	 * A shorter silence says nothing about a connection, however short the deadlines are.
	 */
	static final Duration SHORTEST_SILENCE = Duration.ofMillis(250);

	/**
	 * How long a new connection may take before it is given up for another, the first
	 * time; then {@link #LONGEST_CONNECTING}. gRPC waits for the settings of a server
	 * without a limit.
	 */
	static final Duration SHORTEST_CONNECTING = Duration.ofSeconds(4);

	/**
	 * A busy server may need this long. Within it the system asks for the connection
	 * again after 1, 3 and 7 s (RFC 6298 sections 2.1 and 5.5), so that no more than 4 s
	 * pass between two of these, however long the network has been cut.
	 */
	static final Duration LONGEST_CONNECTING = Duration.ofSeconds(8);

	private static final Duration LONGEST_SWITCH = Duration.ofMillis(50);

	private final String endpoint;

	private final BiConsumer<Duration, Runnable> later;

	private volatile @Nullable ManagedChannel channel;

	private volatile int generation;

	private volatile int readyGeneration;

	// Set while there is something to reset once a call is sent.
	private volatile boolean troubled;

	private @Nullable Long waitingSince;

	private @Nullable Long restarted;

	private Duration connecting = SHORTEST_CONNECTING;

	Reconnector(String endpoint) {
		this(endpoint, LateTasks::after);
	}

	/**
	 * Create a reconnector.
	 * @param endpoint what the channel connects to, for the log
	 * @param later does something after a time
	 */
	Reconnector(String endpoint, BiConsumer<Duration, Runnable> later) {
		this.endpoint = endpoint;
		this.later = later;
	}

	void start(ManagedChannel channel) {
		this.channel = channel;
	}

	MonitoredConnection newConnection() {
		int current = this.generation;
		this.readyGeneration = current;
		return new MonitoredConnection(current);
	}

	/**
	 * A call was sent, so there is a connection.
	 */
	void connected() {
		if (this.troubled) {
			synchronized (this) {
				this.troubled = false;
				this.waitingSince = null;
				this.connecting = SHORTEST_CONNECTING;
			}
		}
	}

	/**
	 * A call begins. While no connection can be made, gRPC tries it less and less often,
	 * up to every two minutes (its {@code connection-backoff.md}); a network that was cut
	 * is to be used soon after it is mended.
	 */
	void calling(long now) {
		ManagedChannel channel = this.channel;
		if (this.troubled && channel != null && channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE
				&& isNextAttemptDue(now)) {
			connectAnew(channel, now);
		}
	}

	private synchronized boolean isNextAttemptDue(long now) {
		return this.restarted != null && now - this.restarted >= SHORTEST_CONNECTING.toNanos();
	}

	/**
	 * Replace a connection, unless that has been done.
	 */
	void replace(MonitoredConnection silent, long now) {
		ManagedChannel channel = this.channel;
		long silence = silent.silence(now);
		if (channel == null || silence < SHORTEST_SILENCE.toNanos()) {
			return;
		}
		if (isFirstToReplace(silent)) {
			logger.warn("No byte came from " + this.endpoint + " for " + TimeUnit.NANOSECONDS.toMillis(silence)
					+ " ms while a call waited for it: later calls go over a new connection");
			connectAnew(channel, now);
		}
		awaitSwitch(channel);
	}

	private synchronized boolean isFirstToReplace(MonitoredConnection silent) {
		if (silent.generation() != this.generation) {
			return false;
		}
		this.generation++;
		return true;
	}

	/**
	 * Replace a connection that is too old, unless that has been done.
	 */
	void renew(MonitoredConnection old) {
		ManagedChannel channel = this.channel;
		if (channel != null && isFirstToReplace(old)) {
			channel.enterIdle();
		}
	}

	/**
	 * Replace all connections.
	 */
	void renew() {
		ManagedChannel channel = this.channel;
		if (channel != null) {
			synchronized (this) {
				this.generation++;
			}
			channel.enterIdle();
		}
	}

	/**
	 * A call ended by time before there was a connection to send it over.
	 */
	void waitedInVain(long since, long now) {
		ManagedChannel channel = this.channel;
		if (channel != null && channel.getState(false) == ConnectivityState.CONNECTING
				&& isConnectingTooLong(since, now)) {
			giveUpConnecting(channel, now);
		}
	}

	private synchronized boolean isConnectingTooLong(long since, long now) {
		this.troubled = true;
		if (this.waitingSince == null || since - this.waitingSince < 0) {
			this.waitingSince = since;
		}
		long start = this.waitingSince;
		if (this.restarted != null && start - this.restarted < 0) {
			start = this.restarted;
		}
		return now - start >= this.connecting.toNanos();
	}

	private void giveUpConnecting(ManagedChannel channel, long now) {
		logger.info("No connection to " + this.endpoint + " yet: connecting anew");
		synchronized (this) {
			this.connecting = LONGEST_CONNECTING;
		}
		connectAnew(channel, now);
	}

	private void connectAnew(ManagedChannel channel, long now) {
		Duration limit;
		synchronized (this) {
			this.troubled = true;
			this.restarted = now;
			limit = this.connecting;
		}
		channel.enterIdle();
		this.later.accept(limit, () -> {
			if (isLatest(now) && channel.getState(false) == ConnectivityState.CONNECTING) {
				giveUpConnecting(channel, System.nanoTime());
			}
		});
	}

	private synchronized boolean isLatest(long restarted) {
		return this.restarted != null && this.restarted == restarted;
	}

	// gRPC takes the change in on whichever thread is at work in the channel.
	private void awaitSwitch(ManagedChannel channel) {
		long end = System.nanoTime() + LONGEST_SWITCH.toNanos();
		while (channel.getState(false) == ConnectivityState.READY && this.readyGeneration != this.generation
				&& System.nanoTime() - end < 0) {
			LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(20));
		}
	}

}
