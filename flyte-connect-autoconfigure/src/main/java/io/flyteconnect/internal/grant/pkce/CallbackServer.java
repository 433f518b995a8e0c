package io.flyteconnect.internal.grant.pkce;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

import io.flyteconnect.login.PersonLoginException;

/**
 * Waits on the loopback interface for the browser to come back from a login (RFC 8252
 * section 7.3). Open only while one login runs. A visit with the wrong state is turned
 * away and ends nobody's login.
 */
class CallbackServer implements AutoCloseable {

	private static final Duration EXCHANGE_TIMEOUT = Duration.ofSeconds(30);

	/** The code of the error that the port is in use. */
	static final String PORT_TAKEN = "port_taken";

	private final URI redirectUri;

	private final String path;

	private final String state;

	private final CompletableFuture<MultiValueMap<String, String>> callback = new CompletableFuture<>();

	private final CompletableFuture<CallbackPage> result = new CompletableFuture<>();

	/** The pages that are being answered, and this server itself. */
	private final Phaser visits = new Phaser(1);

	private final List<Channel> listening = new ArrayList<>();

	/** One thread, which no connection holds up. */
	private final EventLoopGroup eventLoop;

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
		this.eventLoop = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
		try {
			CallbackConnections connections = new CallbackConnections(this);
			for (InetAddress address : addresses(redirectUri.getHost())) {
				open(new InetSocketAddress(address, redirectUri.getPort()), connections);
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

	private void open(InetSocketAddress address, CallbackConnections connections) throws IOException {
		ChannelFuture open = new ServerBootstrap().group(this.eventLoop)
			.channel(NioServerSocketChannel.class)
			.childHandler(connections)
			.bind(address)
			.awaitUninterruptibly();
		if (open.cause() instanceof IOException failure) {
			throw failure;
		}
		this.listening.add(open.syncUninterruptibly().channel());
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

	/**
	 * Answer a request. Does not wait.
	 * @param method the method
	 * @param target the target of the request
	 * @return the page
	 */
	CompletableFuture<CallbackPage> answer(String method, String target) {
		URI uri;
		try {
			uri = URI.create(target);
		}
		catch (IllegalArgumentException ex) {
			return page(400, "Not possible");
		}
		if (!this.path.equals(uri.getPath())) {
			return page(404, "Nothing is here");
		}
		if (!"GET".equals(method)) {
			return page(405, "Not possible");
		}
		return visit(UriComponentsBuilder.fromUri(uri).build().getQueryParams());
	}

	private static CompletableFuture<CallbackPage> page(int status, String title) {
		return CompletableFuture.completedFuture(new CallbackPage(status, title, "This page only ends a login."));
	}

	private CompletableFuture<CallbackPage> visit(MultiValueMap<String, String> encoded) {
		MultiValueMap<String, String> parameters = Parameters.decode(encoded);
		if (!isOurs(parameters.getFirst("state"))) {
			return CompletableFuture.completedFuture(
					CallbackPage.failure("This page belongs to another login. Go back to where you started this one."));
		}
		if (!this.callback.complete(parameters)) {
			return CompletableFuture
				.completedFuture(new CallbackPage(409, "This login is over already", "You can close this page."));
		}
		return this.result.copy()
			.completeOnTimeout(CallbackPage.failure("The authorization server did not give a token in time."),
					EXCHANGE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
	}

	/**
	 * Keep the server open until a page has been sent.
	 * @param sent the sending of the page
	 */
	void awaitPage(CompletableFuture<?> sent) {
		this.visits.register();
		sent.whenComplete((nothing, ex) -> this.visits.arriveAndDeregister());
	}

	private boolean isOurs(@Nullable String state) {
		return state != null && MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8),
				this.state.getBytes(StandardCharsets.UTF_8));
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
		this.listening.forEach((channel) -> channel.close().awaitUninterruptibly());
		// A closed channel gives its port back only with the next look of its selector,
		// and the next login may come at once.
		this.eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
	}

}
