package io.flyteconnect.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.testsupport.HttpHead;

/**
 * A server that answers each connection by the bytes that the test says, right or wrong,
 * and keeps what it was sent.
 */
final class RawServer implements AutoCloseable {

	private final ServerSocket server;

	private final boolean encrypted;

	private final Answer answer;

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private RawServer(ServerSocket server, boolean encrypted, Answer answer) {
		this.server = server;
		this.encrypted = encrypted;
		this.answer = answer;
		startThread(this::accept);
	}

	static RawServer answering(String text) {
		return answering((out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
	}

	static RawServer answering(Answer answer) {
		try {
			return new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), false, answer);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static RawServer encrypted(SSLContext context, boolean clientCertificate, String text, String... protocols) {
		try {
			SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory()
				.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
			server.setNeedClientAuth(clientCertificate);
			if (protocols.length > 0) {
				server.setEnabledProtocols(protocols);
			}
			return new RawServer(server, true, (out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	URI uri(String host, String path) {
		return URI.create((this.encrypted ? "https://" : "http://") + host + ":" + port() + path);
	}

	URI uri(String path) {
		return uri("localhost", path);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Return what came: request line, headers and body.
	 * @return the requests in their order
	 */
	List<String> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * Return a header of the first request.
	 * @param name the name in any case
	 * @return its value, or {@code null}
	 */
	@Nullable String header(String name) {
		String start = name.toLowerCase(Locale.ROOT) + ": ";
		return this.requests.get(0)
			.lines()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(start))
			.map((line) -> line.substring(start.length()))
			.findFirst()
			.orElse(null);
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				startThread(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			this.requests.add(read(socket.getInputStream()));
			this.answer.write(socket.getOutputStream());
			socket.getOutputStream().flush();
		}
		catch (IOException ex) {
			// The client went away, or refused the handshake.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String read(InputStream in) throws IOException {
		String head = HttpHead.read(in);
		int length = head.lines()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith("content-length: "))
			.mapToInt((line) -> Integer.parseInt(line.substring(16)))
			.findFirst()
			.orElse(0);
		byte[] body = in.readNBytes(length);
		if (!head.endsWith("\r\n\r\n") || body.length < length) {
			throw new IOException("The client went away");
		}
		return head + new String(body, StandardCharsets.ISO_8859_1);
	}

	private static void startThread(Runnable task) {
		Thread thread = new Thread(task, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	/**
	 * Writes the answer to one request.
	 */
	interface Answer {

		void write(OutputStream out) throws IOException, InterruptedException;

	}

}
