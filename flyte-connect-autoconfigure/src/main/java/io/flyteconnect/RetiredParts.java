package io.flyteconnect;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.grpc.Channel;

/**
 * What a connection was made of before it took over other settings, for as long as calls
 * are under way there. Each ends on a thread of its own.
 */
final class RetiredParts {

	private final Map<Thread, ConnectionParts> ending = new ConcurrentHashMap<>();

	private final String connection;

	private final Channel successor;

	/**
	 * Create it.
	 * @param connection the name of the connection
	 * @param successor where calls go that begin late
	 */
	RetiredParts(String connection, Channel successor) {
		this.connection = connection;
		this.successor = successor;
	}

	void add(ConnectionParts parts) {
		Thread thread = new Thread(() -> {
			try {
				parts.retire(this.successor);
			}
			finally {
				this.ending.remove(Thread.currentThread());
			}
		}, "flyte-" + this.connection + "-retired");
		thread.setDaemon(true);
		this.ending.put(thread, parts);
		thread.start();
	}

	/**
	 * Ask no person from now on.
	 */
	void stopAsking() {
		this.ending.values().forEach((parts) -> parts.login().stopAsking());
	}

	/**
	 * Let calls go on no longer, whatever their deadlines say.
	 */
	void endWithin(Duration limit) {
		this.ending.values().forEach((parts) -> parts.channel().endWithin(limit));
	}

	void awaitEnd() {
		try {
			for (Thread thread : this.ending.keySet()) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
