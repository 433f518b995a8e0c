package io.flyteconnect.integration.connection.outage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.testsupport.FreePorts;

/**
 * The way to a server, which can be shut, and which can swallow everything.
 */
final class Gate implements AutoCloseable {

	private final int target;

	private final int port;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger swallowed = new AtomicInteger();

	private volatile @Nullable ServerSocket listener;

	private volatile boolean silent;

	/**
	 * Open a gate.
	 * @param target the port of the server
	 */
	Gate(int target) {
		this.target = target;
		this.port = FreePorts.reserve();
		listen();
	}

	private void listen() {
		try {
			ServerSocket opened = new ServerSocket();
			opened.setReuseAddress(true);
			opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			this.listener = opened;
			this.threads.execute(() -> accept(opened));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept(ServerSocket opened) {
		while (!opened.isClosed()) {
			try {
				Socket client = opened.accept();
				this.sockets.add(client);
				if (this.silent) {
					this.swallowed.incrementAndGet();
				}
				else {
					Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
					this.sockets.add(server);
					this.threads.execute(() -> copy(client, server));
					this.threads.execute(() -> copy(server, client));
				}
			}
			catch (IOException ex) {
				// Shut, or the client has gone.
			}
		}
	}

	private static void copy(Socket from, Socket to) {
		try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			in.transferTo(out);
		}
		catch (IOException ex) {
			// One side has gone.
		}
	}

	/**
	 * Shut the gate: nobody listens at its port.
	 */
	void shut() {
		close(this.listener);
		this.sockets.forEach(Gate::close);
		this.sockets.clear();
	}

	/**
	 * Let everybody in, and nothing through.
	 */
	void swallow() {
		this.silent = true;
		this.sockets.forEach(Gate::close);
		this.sockets.clear();
	}

	/**
	 * Open the gate again. Who has been swallowed stays so.
	 */
	void open() {
		this.silent = false;
		ServerSocket last = this.listener;
		if (last == null || last.isClosed()) {
			listen();
		}
	}

	int port() {
		return this.port;
	}

	/**
	 * Return how many connections were swallowed.
	 */
	int swallowed() {
		return this.swallowed.get();
	}

	@Override
	public void close() {
		shut();
		this.threads.shutdownNow();
	}

	private static void close(@Nullable AutoCloseable closeable) {
		try {
			if (closeable != null) {
				closeable.close();
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException("A socket cannot be closed", ex);
		}
	}

}
