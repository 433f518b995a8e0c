package io.flyteconnect.test.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.jspecify.annotations.Nullable;

/**
 * An object store in memory, on a port of its own, that serves signed URLs: one for one
 * object, method and time.
 */
class SignedUrlStorage {

	private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

	private final byte[] key = new byte[32];

	private final HttpServer server;

	private final ExecutorService executor;

	private final String origin;

	SignedUrlStorage(@Nullable SSLContext tls) {
		new SecureRandom().nextBytes(this.key);
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
		try {
			if (tls != null) {
				HttpsServer secure = HttpsServer.create(address, 0);
				secure.setHttpsConfigurator(new HttpsConfigurator(tls));
				this.server = secure;
			}
			else {
				this.server = HttpServer.create(address, 0);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("The storage of the test server did not start", ex);
		}
		this.executor = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "flyte-test-storage");
			thread.setDaemon(true);
			return thread;
		});
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::serve);
		this.server.start();
		this.origin = ((tls != null) ? "https" : "http") + "://localhost:" + this.server.getAddress().getPort();
	}

	URI sign(String method, String path, Duration lifetime, String contentMd5) {
		long expires = Instant.now().plus(lifetime).getEpochSecond();
		return URI.create(this.origin + "/" + path + "?expires=" + expires + "&signature="
				+ signature(method, path, expires, contentMd5));
	}

	byte @Nullable [] find(String path) {
		return this.objects.get(path);
	}

	void put(String path, byte[] content) {
		this.objects.put(path, content);
	}

	private String signature(String method, String path, long expires, String contentMd5) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(this.key, "HmacSHA256"));
			String text = method + "\n" + path + "\n" + expires + "\n" + contentMd5;
			return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java cannot sign", ex);
		}
	}

	private void serve(HttpExchange exchange) throws IOException {
		try (exchange) {
			String path = exchange.getRequestURI().getPath().substring(1);
			byte[] body = exchange.getRequestBody().readAllBytes();
			String method = exchange.getRequestMethod();
			byte[] content = this.objects.get(path);
			// As S3 does: "Only one auth mechanism allowed".
			if (exchange.getRequestHeaders().containsKey("Authorization")) {
				answer(exchange, 400, "InvalidArgument".getBytes(StandardCharsets.UTF_8));
			}
			else if (!isSigned(exchange, method, path)) {
				answer(exchange, 403, "SignatureDoesNotMatch".getBytes(StandardCharsets.UTF_8));
			}
			else if (method.equals("PUT")) {
				put(exchange, path, body);
			}
			else if (content != null) {
				answer(exchange, 200, content);
			}
			else {
				answer(exchange, 404, "NoSuchKey".getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	private void put(HttpExchange exchange, String path, byte[] body) throws IOException {
		String expected = exchange.getRequestHeaders().getFirst("Content-MD5");
		if (expected != null && !expected.equals(md5(body))) {
			answer(exchange, 400, "BadDigest".getBytes(StandardCharsets.UTF_8));
			return;
		}
		this.objects.put(path, body);
		answer(exchange, 200, new byte[0]);
	}

	private boolean isSigned(HttpExchange exchange, String method, String path) {
		String contentMd5 = exchange.getRequestHeaders().getFirst("Content-MD5");
		String query = String.valueOf(exchange.getRequestURI().getQuery());
		String[] parts = query.split("expires=|&signature=");
		try {
			long expires = Long.parseLong(parts[1]);
			return expires > Instant.now().getEpochSecond()
					&& parts[2].equals(signature(method, path, expires, (contentMd5 != null) ? contentMd5 : ""));
		}
		catch (ArrayIndexOutOfBoundsException | NumberFormatException ex) {
			return false;
		}
	}

	private void answer(HttpExchange exchange, int status, byte[] content) throws IOException {
		exchange.sendResponseHeaders(status, (content.length > 0) ? content.length : -1);
		exchange.getResponseBody().write(content);
	}

	static String md5(byte[] content) {
		try {
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java has no MD5", ex);
		}
	}

	void stop() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

}
