package io.flyteconnect.internal.channel.reconnect;

import io.grpc.Attributes;

import io.flyteconnect.internal.call.ConnectionWatch;

/**
 * What is known of one connection: when the peer was last heard, and since when it owes
 * an answer. Times are those of {@link System#nanoTime()}.
 */
final class MonitoredConnection implements ConnectionWatch.Connection {

	static final Attributes.Key<MonitoredConnection> KEY = Attributes.Key.create("io.flyteconnect.connection");

	private final int generation;

	private volatile long lastHeard = System.nanoTime();

	// The first call that was sent after the peer was heard.
	private volatile long firstUnanswered = this.lastHeard;

	MonitoredConnection(int generation) {
		this.generation = generation;
	}

	/**
	 * Return how often the connections of the channel had been replaced before this one.
	 */
	int generation() {
		return this.generation;
	}

	void sent(long now) {
		if (this.firstUnanswered - this.lastHeard <= 0) {
			this.firstUnanswered = now;
		}
	}

	@Override
	public void heard() {
		this.lastHeard = System.nanoTime();
	}

	boolean isSilentSince(long time) {
		return this.lastHeard - time < 0;
	}

	/**
	 * Return for how long the peer has owed an answer.
	 */
	long silence(long now) {
		long since = this.firstUnanswered;
		return (since - this.lastHeard > 0) ? now - since : 0;
	}

}
