package io.flyteconnect.testsupport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * A forward proxy on a free loopback port: CONNECT tunnels and absolute-form requests,
 * basic authentication where it is given a user, and a log of what it was asked for. Only
 * it knows the hosts under {@code .flyte.test}: they are this machine.
 */
public final class TestProxy implements AutoCloseable {

	private final ServerSocket server;

	private final @Nullable String username;

	private final @Nullable String password;

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile @Nullable String fixedAnswer;

	private TestProxy(@Nullable String username, @Nullable String password) throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.username = username;
		this.password = password;
		startThread(this::accept);
	}

	/**
	 * Start a proxy for everybody.
	 * @return the proxy
	 */
	public static TestProxy start() {
		return create(null, null);
	}

	/**
	 * Start a proxy that asks for a user.
	 * @param username the name of the user
	 * @param password the password of the user
	 * @return the proxy
	 */
	public static TestProxy start(String username, String password) {
		return create(username, password);
	}

	private static TestProxy create(@Nullable String username, @Nullable String password) {
		try {
			return new TestProxy(username, password);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Answer every request with the same bytes from now on.
	 * @param answer the answer with its status line and headers, empty to close the
	 * connection, or {@code null} for the proxy's usual work
	 */
	public void answerWith(@Nullable String answer) {
		this.fixedAnswer = answer;
	}

	public int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Return the proxy's URL without user and password.
	 * @return the URL
	 */
	public String url() {
		return "http://127.0.0.1:" + port();
	}

	/**
	 * Return the user that the proxy asks for.
	 * @return the name of the user, or {@code null} if it asks for none
	 */
	public @Nullable String username() {
		return this.username;
	}

	/**
	 * Return the password that the proxy asks for.
	 * @return the password of the user, or {@code null} if it asks for none
	 */
	public @Nullable String password() {
		return this.password;
	}

	/**
	 * Return what was asked for, each as {@code METHOD target}, refused requests too.
	 * @return the requests in their order
	 */
	public List<String> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * Return the request lines and headers as they came.
	 * @return the heads in their order
	 */
	public List<String> heads() {
		return List.copyOf(this.heads);
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
			String head = HttpHead.read(socket.getInputStream());
			if (head.isEmpty()) {
				return;
			}
			this.heads.add(head);
			String[] requestLine = head.substring(0, head.indexOf("\r\n")).split(" ");
			this.requests.add(requestLine[0] + " " + requestLine[1]);
			String answer = this.fixedAnswer;
			if (answer == null && !isAuthorized(head)) {
				answer = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\n"
						+ "Content-Length: 0\r\n\r\n";
			}
			if (answer != null) {
				write(socket, answer);
				return;
			}
			if (requestLine[0].equals("CONNECT")) {
				URI target = URI.create("http://" + requestLine[1]);
				try (Socket upstream = connect(target)) {
					write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
					relay(socket, upstream);
				}
				return;
			}
			URI target = URI.create(requestLine[1]);
			try (Socket upstream = connect(target)) {
				write(upstream, originForm(head, requestLine, target));
				relay(socket, upstream);
			}
		}
		catch (IOException ex) {
			// The other side went away, or the test is over.
		}
		finally {
			this.sockets.remove(socket);
		}
	}

	private boolean isAuthorized(String head) {
		if (this.username == null) {
			return true;
		}
		String credentials = Base64.getEncoder()
			.encodeToString((this.username + ":" + this.password).getBytes(StandardCharsets.UTF_8));
		String wanted = ("proxy-authorization: Basic ").toLowerCase(Locale.ROOT);
		return head.lines()
			.anyMatch((line) -> line.toLowerCase(Locale.ROOT).startsWith(wanted)
					&& line.substring(wanted.length()).equals(credentials));
	}

	private static String originForm(String head, String[] requestLine, URI target) {
		String path = target.getRawPath() + ((target.getRawQuery() != null) ? "?" + target.getRawQuery() : "");
		StringBuilder result = new StringBuilder(requestLine[0] + " " + path + " HTTP/1.1\r\n");
		head.lines()
			.skip(1)
			.filter((line) -> !line.isEmpty() && !line.toLowerCase(Locale.ROOT).startsWith("proxy-"))
			.forEach((line) -> result.append(line).append("\r\n"));
		return result.append("\r\n").toString();
	}

	private Socket connect(URI target) throws IOException {
		String host = target.getHost();
		int port = (target.getPort() != -1) ? target.getPort() : 80;
		InetAddress address = host.endsWith(".flyte.test") ? InetAddress.getLoopbackAddress()
				: InetAddress.getByName(host);
		if (!address.isLoopbackAddress()) {
			throw new SocketException("Only loopback");
		}
		Socket upstream = new Socket(address, port);
		this.sockets.add(upstream);
		return upstream;
	}

	private void relay(Socket client, Socket upstream) throws IOException {
		startThread(() -> {
			try {
				client.getInputStream().transferTo(upstream.getOutputStream());
				upstream.shutdownOutput();
			}
			catch (IOException ex) {
				// Either side went away.
			}
		});
		upstream.getInputStream().transferTo(client.getOutputStream());
	}

	private static void write(Socket socket, String text) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(text.getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
	}

	private static void startThread(Runnable task) {
		Thread thread = new Thread(task, "test-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
