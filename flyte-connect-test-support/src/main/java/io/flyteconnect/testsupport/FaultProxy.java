package io.flyteconnect.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server and passes everything on, until it is told to fail as networks
 * do: to swallow, to reset, to be slow, to be shut, or to lead elsewhere. It keeps its
 * port through all of it.
 */
public final class FaultProxy implements AutoCloseable {

	private final int port = FreePorts.reserve();

	private final List<FaultConnection> connections = new CopyOnWriteArrayList<>();

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicInteger swallowed = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicInteger resets = new AtomicInteger();

	private volatile ServerSocket listener;

	private volatile int target;

	private volatile boolean swallowsNew;

	private volatile boolean refusesNew;

	private volatile int bytesUntilReset;

	private volatile int bytesPerSecond;

	private FaultProxy(int target) {
		this.target = target;
		this.listener = bind();
	}

	/**
	 * Start a proxy on a port of its own.
	 * @param port the port of the server on this machine
	 * @return the proxy
	 */
	public static FaultProxy to(int port) {
		return new FaultProxy(port);
	}

	private ServerSocket bind() {
		try {
			ServerSocket opened = new ServerSocket();
			opened.setReuseAddress(true);
			opened.bind(new InetSocketAddress(InetAddress.getByName("localhost"), this.port));
			FaultConnection.startThread(() -> accept(opened));
			return opened;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	/**
	 * Return how many connections have been passed on or swallowed.
	 * @return their number
	 */
	public int accepted() {
		return this.accepted.get();
	}

	/**
	 * Return how many connections nobody has closed.
	 * @return their number
	 */
	public long open() {
		return this.connections.stream().filter(FaultConnection::isOpen).count();
	}

	/**
	 * Swallow what the connections of now carry, both ways and for good: they stay open
	 * and nothing comes out of them, as behind a load balancer that has forgotten them.
	 */
	public void swallow() {
		this.connections.forEach(FaultConnection::swallow);
	}

	/**
	 * Swallow what the server says on the connections of now, for good.
	 */
	public void swallowAnswers() {
		this.connections.forEach(FaultConnection::swallowAnswers);
	}

	/**
	 * Swallow what later connections carry, or let them through.
	 * @param swallows whether to swallow
	 */
	public void swallowNew(boolean swallows) {
		this.swallowsNew = swallows;
	}

	/**
	 * Return how many connections have been swallowed from their beginning.
	 * @return their number
	 */
	public int swallowed() {
		return this.swallowed.get();
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

	/**
	 * Reset the connections of now: their other ends get a TCP RST.
	 */
	public void reset() {
		this.connections.forEach(FaultConnection::reset);
	}

	/**
	 * Reset the connections of now when they are about to pass more of what the server
	 * says than this.
	 * @param bytes how much of it they still pass
	 */
	public void resetAfter(int bytes) {
		this.connections.forEach((connection) -> connection.resetAfter(bytes));
	}

	/**
	 * Reset the next connections when they are about to pass more of what the server says
	 * than this.
	 * @param count how many connections
	 * @param bytes how much of it they pass; if negative, they are reset as soon as they
	 * are made
	 */
	public void resetNext(int count, int bytes) {
		this.bytesUntilReset = bytes;
		this.resets.set(count);
	}

	/**
	 * Return how many of the next connections are still to be reset.
	 * @return their number
	 */
	public int resetsLeft() {
		return this.resets.get();
	}

	/**
	 * Pass what the server says slowly, on all connections.
	 * @param bytesPerSecond how fast, or 0 for no limit
	 */
	public void slow(int bytesPerSecond) {
		this.bytesPerSecond = bytesPerSecond;
		this.connections.forEach((connection) -> connection.slow(bytesPerSecond));
	}

	/**
	 * Lead later connections to another server.
	 * @param port its port
	 */
	public void leadTo(int port) {
		this.target = port;
	}

	/**
	 * Let nobody listen any more, and reset the connections of now.
	 */
	public void shut() {
		closeListener();
		reset();
		this.connections.clear();
	}

	/**
	 * Listen again, and let later connections through. Who has been swallowed stays so.
	 */
	public void listen() {
		this.swallowsNew = false;
		if (this.listener.isClosed()) {
			this.listener = bind();
		}
	}

	private void accept(ServerSocket opened) {
		while (!opened.isClosed()) {
			try {
				serve(opened, opened.accept());
			}
			catch (IOException ex) {
				// Shut, or one of both ends has gone.
			}
		}
	}

	private void serve(ServerSocket opened, Socket near) throws IOException {
		if (this.refusesNew) {
			near.close();
			this.refused.incrementAndGet();
			return;
		}
		boolean resets = this.resets.getAndUpdate((left) -> Math.max(0, left - 1)) > 0;
		if (resets && this.bytesUntilReset < 0) {
			FaultConnection.reset(near);
			return;
		}
		FaultConnection connection = connect(near);
		if (resets) {
			connection.resetAfter(this.bytesUntilReset);
		}
		if (this.swallowsNew) {
			this.swallowed.incrementAndGet();
			connection.swallow();
		}
		connection.slow(this.bytesPerSecond);
		this.connections.removeIf(FaultConnection::isGone);
		this.connections.add(connection);
		this.accepted.incrementAndGet();
		connection.start();
		// A listener may accept one more as it is closed.
		if (opened.isClosed()) {
			connection.reset();
		}
	}

	private FaultConnection connect(Socket near) throws IOException {
		try {
			return new FaultConnection(near, new Socket("localhost", this.target));
		}
		catch (IOException ex) {
			near.close();
			throw ex;
		}
	}

	private void closeListener() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		closeListener();
		this.connections.forEach(FaultConnection::close);
	}

}
