package io.flyteconnect.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server whose refresh tokens can be used once. Who presents one a
 * second time loses the whole login, as the strictest providers have it (RFC 9700 section
 * 4.14.2). A person confirms each device login at once.
 */
public final class RotatingProvider implements AutoCloseable {

	/** How many requests for tokens have come, answered or not. */
	public final AtomicInteger requests = new AtomicInteger();

	/** How often somebody logged in with a code. */
	public final AtomicInteger logins = new AtomicInteger();

	/** How often a token was renewed. */
	public final AtomicInteger refreshes = new AtomicInteger();

	/** How often a refresh token was refused. */
	public final AtomicInteger refusals = new AtomicInteger();

	/** How long tokens live. */
	public volatile Duration life = Duration.ofHours(1);

	/** How long it takes to give one. */
	public volatile Duration delay = Duration.ZERO;

	/** Whether a used refresh token ends the login. */
	public volatile boolean strict = true;

	/** What the tokens begin with. */
	public volatile String prefix = "";

	private final LoginServer server;

	private final HttpServer http;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Deque<String> accessTokens = new ArrayDeque<>();

	private final AtomicInteger count = new AtomicInteger();

	private @Nullable String refreshToken;

	/**
	 * Start a provider.
	 * @param server the server that accepts its tokens, the last two of them
	 * @throws IOException if it cannot listen
	 */
	public RotatingProvider(LoginServer server) throws IOException {
		this.server = server;
		this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.http.setExecutor(this.threads);
		this.http.createContext("/device",
				(exchange) -> answer(exchange, 200, "{\"device_code\":\"code\",\"user_code\":\"ABCD\","
						+ "\"verification_uri\":\"http://localhost/verify\",\"expires_in\":60,\"interval\":0.01}"));
		this.http.createContext("/token", this::token);
		this.http.start();
		String base = "http://127.0.0.1:" + this.http.getAddress().getPort();
		server.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint(base + "/token")
			.setDeviceAuthorizationEndpoint(base + "/device")
			.build();
		server.client = PublicClientAuthConfigResponse.newBuilder()
			.setClientId("flytectl")
			.setAuthorizationMetadataKey("flyte-authorization")
			.build();
	}

	private void token(HttpExchange exchange) throws IOException {
		Map<String, String> form = form(exchange);
		this.requests.incrementAndGet();
		pause();
		if ("refresh_token".equals(form.get("grant_type"))) {
			if (!useUp(form.get("refresh_token"))) {
				this.refusals.incrementAndGet();
				answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
				return;
			}
			this.refreshes.incrementAndGet();
		}
		else {
			this.logins.incrementAndGet();
		}
		answer(exchange, 200, issue());
	}

	private void pause() {
		try {
			Thread.sleep(this.delay.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private synchronized boolean useUp(@Nullable String presented) {
		boolean good = presented != null && presented.equals(this.refreshToken);
		if (good || this.strict) {
			this.refreshToken = null;
		}
		return good;
	}

	private synchronized String issue() {
		int number = this.count.incrementAndGet();
		String access = this.prefix + "access-" + number;
		this.refreshToken = this.prefix + "refresh-" + number;
		this.accessTokens.add(access);
		this.server.accepted.add(access);
		if (this.accessTokens.size() > 2) {
			this.server.accepted.remove(this.accessTokens.remove());
		}
		return "{\"access_token\":\"" + access + "\",\"token_type\":\"Bearer\",\"refresh_token\":\"" + this.refreshToken
				+ "\",\"expires_in\":" + this.life.toSeconds() + "}";
	}

	private static Map<String, String> form(HttpExchange exchange) throws IOException {
		Map<String, String> form = new HashMap<>();
		for (String pair : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&")) {
			String[] parts = pair.split("=", 2);
			form.put(parts[0], URLDecoder.decode((parts.length > 1) ? parts[1] : "", StandardCharsets.UTF_8));
		}
		return form;
	}

	private static void answer(HttpExchange exchange, int status, String json) throws IOException {
		try (exchange) {
			byte[] body = json.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	@Override
	public void close() {
		this.http.stop(0);
		this.threads.shutdownNow();
	}

}
