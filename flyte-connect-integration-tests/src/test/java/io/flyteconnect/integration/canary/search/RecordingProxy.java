package io.flyteconnect.integration.canary.search;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.UriUtils;

import io.flyteconnect.testsupport.HttpHead;

/**
 * A forward proxy with a password that reads along: it knows each secret which an
 * application and its identity provider have exchanged.
 */
public final class RecordingProxy implements AutoCloseable {

	private static final String USER = "canary-user";

	private static final String REFUSAL = "HTTP/1.1 407 Proxy Authentication Required\r\n"
			+ "Proxy-Authenticate: Basic realm=\"canary\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

	private static final Pattern JSON = Pattern
		.compile("\"(access_token|refresh_token|id_token|device_code)\"\\s*:\\s*\"([^\"]+)\"");

	private static final Pattern FORM = Pattern.compile(
			"(?:^|[\\n&])(code|code_verifier|refresh_token|device_code|client_secret)=([^&\\s\\]]+)",
			Pattern.MULTILINE);

	private static final Pattern BEARER = Pattern.compile("Bearer ([A-Za-z0-9._-]{20,})");

	private final ServerSocket server;

	private final String password;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<ByteArrayOutputStream> traffic = new CopyOnWriteArrayList<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	RecordingProxy(String password) {
		this.password = password;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	public String url() {
		return url(this.password);
	}

	public String url(String password) {
		return "http://" + USER + ":" + UriUtils.encode(password, StandardCharsets.UTF_8) + "@127.0.0.1:"
				+ this.server.getLocalPort();
	}

	/**
	 * Add each secret that was seen.
	 */
	void collect(Canaries canaries) {
		this.traffic.forEach((stream) -> collect(stream.toString(StandardCharsets.UTF_8), canaries));
	}

	/**
	 * Add each secret that is in what an application and its servers have exchanged.
	 */
	static void collect(String text, Canaries canaries) {
		for (Matcher json = JSON.matcher(text); json.find();) {
			canaries.add("issued " + json.group(1), json.group(2));
		}
		for (Matcher form = FORM.matcher(text); form.find();) {
			canaries.add("sent " + form.group(1), URLDecoder.decode(form.group(2), StandardCharsets.UTF_8));
		}
		for (Matcher bearer = BEARER.matcher(text); bearer.find();) {
			canaries.add("sent token", bearer.group(1));
		}
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.sockets.add(client);
				this.threads.execute(() -> serve(client));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void serve(Socket client) {
		try {
			String head = HttpHead.read(client.getInputStream());
			if (head.isEmpty()) {
				client.close();
				return;
			}
			String basic = Base64.getEncoder()
				.encodeToString((USER + ":" + this.password).getBytes(StandardCharsets.UTF_8));
			if (!head.contains("Basic " + basic)) {
				client.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.US_ASCII));
				client.close();
				return;
			}
			String[] line = head.split(" ", 3);
			boolean tunnel = "CONNECT".equals(line[0]);
			URI target = URI.create(tunnel ? "tunnel://" + line[1] : line[1]);
			Socket upstream = new Socket(target.getHost(), target.getPort());
			this.sockets.add(upstream);
			if (tunnel) {
				client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			}
			else {
				upstream.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
			}
			this.threads.execute(() -> pump(upstream, client));
			pump(client, upstream);
		}
		catch (IOException ex) {
			// One of the two is gone, which the other one notices.
		}
	}

	private void pump(Socket from, Socket to) {
		ByteArrayOutputStream record = new ByteArrayOutputStream();
		this.traffic.add(record);
		byte[] buffer = new byte[8192];
		try (from; to) {
			InputStream input = from.getInputStream();
			OutputStream output = to.getOutputStream();
			for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
				record.write(buffer, 0, read);
				output.write(buffer, 0, read);
			}
		}
		catch (IOException ex) {
			// One of the two is gone.
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
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
