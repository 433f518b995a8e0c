package io.flyteconnect.integration.conformance.wire.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import io.flyteconnect.testsupport.HttpHead;

/**
 * Stands before an HTTP server and makes a proxy of it, as in the recordings: requests
 * pass as they are, whatever host they name; tunnels lead to where they are asked to.
 */
final class HttpDoor implements AutoCloseable {

	private final ServerSocket server;

	private final int httpPort;

	private final ExecutorService executor;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger tunnels = new AtomicInteger();

	HttpDoor(int httpPort, ExecutorService executor) {
		this.httpPort = httpPort;
		this.executor = executor;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		executor.execute(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** How many tunnels were asked for. */
	int tunnels() {
		return this.tunnels.get();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				this.executor.execute(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			String head = HttpHead.read(socket.getInputStream());
			String[] line = head.split("[ \r]", 3);
			if (line.length < 3) {
				return;
			}
			boolean tunnel = line[0].equals("CONNECT");
			int colon = line[1].lastIndexOf(':');
			try (Socket upstream = tunnel
					? new Socket(line[1].substring(0, colon), Integer.parseInt(line[1].substring(colon + 1)))
					: new Socket(InetAddress.getLoopbackAddress(), this.httpPort)) {
				this.sockets.add(upstream);
				if (tunnel) {
					this.tunnels.incrementAndGet();
					write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
				}
				else {
					write(upstream, head);
				}
				this.executor.execute(() -> relay(upstream, socket));
				relay(socket, upstream);
			}
		}
		catch (IOException ex) {
			// The other side went away.
		}
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static void relay(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
			to.shutdownOutput();
		}
		catch (IOException ex) {
			// The other side went away.
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

}
