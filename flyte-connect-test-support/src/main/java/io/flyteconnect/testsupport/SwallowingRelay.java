package io.flyteconnect.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server and passes everything on, until it is told to swallow: then its
 * connections stay open and nothing comes out of them, as behind a load balancer that has
 * forgotten them.
 */
public final class SwallowingRelay implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final List<Connection> connections = new CopyOnWriteArrayList<>();

	private final AtomicInteger refused = new AtomicInteger();

	private volatile boolean swallowsNew;

	private volatile boolean refusesNew;

	private SwallowingRelay(int target) {
		this.target = target;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		startThread(this::accept);
	}

	public static SwallowingRelay to(int port) {
		return new SwallowingRelay(port);
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Return how many connections there have been.
	 * @return their number
	 */
	public int accepted() {
		return this.connections.size();
	}

	/**
	 * Return how many connections nobody has closed.
	 * @return their number
	 */
	public long open() {
		return this.connections.stream()
			.filter((connection) -> !connection.closedByClient && !connection.near.isClosed())
			.count();
	}

	/**
	 * Swallow what the connections of now carry, both ways and for good.
	 */
	public void swallow() {
		this.connections.forEach((connection) -> {
			connection.requests = false;
			connection.answers = false;
		});
	}

	/**
	 * Swallow what the server says on the connections of now, for good.
	 */
	public void swallowAnswers() {
		this.connections.forEach((connection) -> connection.answers = false);
	}

	/**
	 * Swallow what later connections carry, or let them through.
	 * @param swallows whether to swallow
	 */
	public void swallowNew(boolean swallows) {
		this.swallowsNew = swallows;
	}

	/**
	 * Close later connections at once, or let them through.
	 * @param refuses whether to close them
	 */
	public void refuseNew(boolean refuses) {
		this.refusesNew = refuses;
	}

	/**
	 * Return how many connections have been closed at once.
	 * @return their number
	 */
	public int refused() {
		return this.refused.get();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket near = this.listener.accept();
				if (this.refusesNew) {
					near.close();
					this.refused.incrementAndGet();
					continue;
				}
				Connection connection = new Connection(near, new Socket("localhost", this.target));
				connection.requests = !this.swallowsNew;
				connection.answers = !this.swallowsNew;
				this.connections.add(connection);
				startThread(connection::passRequests);
				startThread(connection::passAnswers);
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private static void startThread(Runnable task) {
		Thread thread = new Thread(task, "swallowing-relay");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (Connection connection : this.connections) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class Connection {

		private final Socket near;

		private final Socket far;

		private volatile boolean requests = true;

		private volatile boolean answers = true;

		private volatile boolean closedByClient;

		Connection(Socket near, Socket far) {
			this.near = near;
			this.far = far;
		}

		void passRequests() {
			byte[] buffer = new byte[8192];
			try {
				InputStream in = this.near.getInputStream();
				OutputStream out = this.far.getOutputStream();
				for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
					if (this.requests) {
						out.write(buffer, 0, length);
					}
				}
				this.closedByClient = true;
				if (this.requests) {
					close();
				}
			}
			catch (IOException ex) {
				// Either side went away.
			}
		}

		void passAnswers() {
			byte[] buffer = new byte[8192];
			try {
				InputStream in = this.far.getInputStream();
				OutputStream out = this.near.getOutputStream();
				for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
					if (this.answers) {
						out.write(buffer, 0, length);
					}
				}
				if (this.answers) {
					close();
				}
			}
			catch (IOException ex) {
				// Either side went away.
			}
		}

		void close() throws IOException {
			this.near.close();
			this.far.close();
		}

	}

}
