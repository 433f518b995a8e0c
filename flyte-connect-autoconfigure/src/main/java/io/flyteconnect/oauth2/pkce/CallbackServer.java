package io.flyteconnect.oauth2.pkce;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

import io.flyteconnect.oauth2.person.PersonLoginException;

/**
 * Waits on the loopback interface for the browser to come back from a login (RFC 8252
 * section 7.3). Open only while one login runs. A visit with the wrong state is turned
 * away and ends nobody's login.
 */
class CallbackServer implements AutoCloseable {

	private static final Duration EXCHANGE_TIMEOUT = Duration.ofSeconds(30);

	/** The code of the error that the port is in use. */
	static final String PORT_TAKEN = "port_taken";

	/** More than one browser opens, so that idle connections are in nobody's way. */
	private static final int THREADS = 32;

	private final URI redirectUri;

	private final String path;

	private final String state;

	private final CompletableFuture<MultiValueMap<String, String>> callback = new CompletableFuture<>();

	private final CompletableFuture<CallbackPage> result = new CompletableFuture<>();

	/** The pages that are being answered, and this server itself. */
	private final Phaser visits = new Phaser(1);

	private final List<HttpServer> servers = new ArrayList<>();

	private final ExecutorService executor;

	/**
	 * Open the server.
	 * @param connection the name of the connection, for the names of threads
	 * @param redirectUri the redirect URI, whose host is a loopback one
	 * @param state the state of the login
	 * @throws PersonLoginException if the port is taken
	 */
	CallbackServer(String connection, URI redirectUri, String state) {
		this.redirectUri = redirectUri;
		this.path = redirectUri.getPath().isEmpty() ? "/" : redirectUri.getPath();
		this.state = state;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("flyte-" + connection + "-callback-");
		threads.setDaemon(true);
		this.executor = Executors.newFixedThreadPool(THREADS, threads);
		try {
			for (InetAddress address : addresses(redirectUri.getHost())) {
				open(new InetSocketAddress(address, redirectUri.getPort()));
			}
		}
		catch (BindException ex) {
			close();
			throw new PersonLoginException(PORT_TAKEN, "port " + redirectUri.getPort() + " of the redirect URI "
					+ redirectUri + " is in use by another process" + PortHolder.describe(redirectUri.getPort())
					+ ". Another login may be under way; end it, or set flyte.credentials.pkce.any-port=true if "
					+ "the authorization server accepts any loopback port (RFC 8252 section 7.3)", ex);
		}
		catch (IOException ex) {
			close();
			throw new PersonLoginException("callback_failed",
					"the callback server for " + redirectUri + " could not be opened", ex);
		}
	}

	/**
	 * A browser may look for localhost at either address. A machine without IPv6 has but
	 * one.
	 */
	private static List<InetAddress> addresses(String host) throws IOException {
		if (!"localhost".equalsIgnoreCase(host)) {
			return List.of(InetAddress.getByName(host));
		}
		InetAddress version6 = InetAddress.getByName("::1");
		InetAddress version4 = InetAddress.getByName("127.0.0.1");
		return (NetworkInterface.getByInetAddress(version6) != null) ? List.of(version4, version6) : List.of(version4);
	}

	private void open(InetSocketAddress address) throws IOException {
		HttpServer server = HttpServer.create(address, 16);
		server.createContext("/", this::handle);
		server.setExecutor(this.executor);
		server.start();
		this.servers.add(server);
	}

	/**
	 * Return where the browser comes back to.
	 */
	URI redirectUri() {
		return this.redirectUri;
	}

	/**
	 * Wait for the browser.
	 * @param timeout how long
	 * @return the parameters of the callback, with the right state
	 */
	MultiValueMap<String, String> await(Duration timeout) throws InterruptedException, TimeoutException {
		try {
			return this.callback.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Show the person how the login ended.
	 * @param page the page
	 */
	void finish(CallbackPage page) {
		this.result.complete(page);
	}

	private void handle(HttpExchange exchange) throws IOException {
		this.visits.register();
		try (exchange) {
			if (!this.path.equals(exchange.getRequestURI().getPath())) {
				answer(exchange, new CallbackPage(404, "Nothing is here", "This page only ends a login."));
			}
			else if (!"GET".equals(exchange.getRequestMethod())) {
				answer(exchange, new CallbackPage(405, "Not possible", "This page only ends a login."));
			}
			else {
				answer(exchange,
						visit(UriComponentsBuilder.fromUri(exchange.getRequestURI()).build().getQueryParams()));
			}
		}
		finally {
			this.visits.arriveAndDeregister();
		}
	}

	private CallbackPage visit(MultiValueMap<String, String> encoded) {
		MultiValueMap<String, String> parameters = Parameters.decode(encoded);
		if (!isOurs(parameters.getFirst("state"))) {
			return CallbackPage.failure("This page belongs to another login. Go back to where you started this one.");
		}
		if (!this.callback.complete(parameters)) {
			return new CallbackPage(409, "This login is over already", "You can close this page.");
		}
		try {
			return this.result.get(EXCHANGE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			return CallbackPage.failure("The authorization server did not give a token in time.");
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return CallbackPage.failure("The application was stopped.");
		}
	}

	private boolean isOurs(@Nullable String state) {
		return state != null && MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8),
				this.state.getBytes(StandardCharsets.UTF_8));
	}

	private static void answer(HttpExchange exchange, CallbackPage page) throws IOException {
		byte[] body = page.html().getBytes(StandardCharsets.UTF_8);
		Headers headers = exchange.getResponseHeaders();
		headers.set("Content-Type", "text/html; charset=utf-8");
		headers.set("Content-Security-Policy", "default-src 'none'; style-src '" + styleHash()
				+ "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("X-Frame-Options", "DENY");
		headers.set("Referrer-Policy", "no-referrer");
		headers.set("Cache-Control", "no-store");
		headers.set("Connection", "close");
		exchange.sendResponseHeaders(page.status(), body.length);
		exchange.getResponseBody().write(body);
	}

	private static String styleHash() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256")
				.digest(CallbackPage.STYLE.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Close the server, after the page that is being shown.
	 */
	@Override
	public void close() {
		finish(CallbackPage.failure("The login ended before this page was opened."));
		try {
			this.visits.awaitAdvanceInterruptibly(this.visits.arriveAndDeregister(), 1, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			// Nobody is owed a page.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.servers.forEach((server) -> server.stop(0));
		this.executor.shutdownNow();
	}

}
