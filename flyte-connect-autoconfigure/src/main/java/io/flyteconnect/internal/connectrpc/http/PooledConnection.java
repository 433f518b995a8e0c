package io.flyteconnect.internal.connectrpc.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.grpc.Attributes;
import io.netty.channel.EventLoop;

/**
 * A connection, what is known of it, and when it was used.
 */
final class PooledConnection {

	private final HttpConnection connection;

	private final Attributes attributes;

	private final EventLoop eventLoop;

	private final long idleNanos;

	private long used;

	private boolean timed;

	PooledConnection(HttpConnection connection, Attributes attributes, EventLoop eventLoop, Duration idleTimeout) {
		this.connection = connection;
		this.attributes = attributes;
		this.eventLoop = eventLoop;
		this.idleNanos = idleTimeout.toNanos();
	}

	HttpConnection connection() {
		return this.connection;
	}

	Attributes attributes() {
		return this.attributes;
	}

	void use() {
		this.used = System.nanoTime();
	}

	/**
	 * One timer for each connection, however many requests it has.
	 */
	void closeWhenIdle() {
		use();
		if (!this.timed) {
			this.timed = true;
			checkAfter(this.idleNanos);
		}
	}

	private void checkAfter(long nanos) {
		this.eventLoop.schedule(() -> {
			long left = this.used + this.idleNanos - System.nanoTime();
			if (!this.connection.isIdle()) {
				this.timed = false;
			}
			else if (left > 0) {
				checkAfter(left);
			}
			else {
				this.connection.retire();
			}
		}, nanos, TimeUnit.NANOSECONDS);
	}

}
