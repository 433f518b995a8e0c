package io.flyteconnect.internal.http;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.DefaultNameResolver;
import io.netty.resolver.NameResolver;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.tls.TrustMaterial;

/**
 * The HTTP client of one connection, for a {@code RestClient}: it uses the trust and the
 * proxy of the gRPC channel, with user and password.
 * <p>
 * Built on the Netty that gRPC depends on. The JDK's clients send no user and password to
 * a proxy for HTTPS unless a system property of the whole JVM allows it, and another
 * client on the class path would become the one that Spring Boot chooses for the
 * application's own requests.
 * <p>
 * Opens a connection for each request. Follows no redirects, keeps no cookies and does
 * not request compression; decompresses a gzip response nevertheless, up to the size
 * limit. All failures are {@link HttpExchangeException}s.
 * <p>
 * A request to an {@code http} URL through a proxy with a user sends that user as
 * {@code Proxy-Authorization}. This replaces a header that the caller has set for an
 * identity-aware proxy in front of the server, since a request has only one such header.
 * Call such servers with {@code https}, where both are sent.
 *
 * @since 0.1.0
 */
public final class FlyteHttpClient implements ClientHttpRequestFactory, AutoCloseable {

	private final String connection;

	private final TrustMaterial trust;

	private final ProxyRoutes routes;

	private final HttpLimits limits;

	private final Supplier<NameResolver<InetAddress>> resolver;

	private final Set<HttpExchange> active = ConcurrentHashMap.newKeySet();

	/** There while requests are in progress: an idle connection has no thread. */
	private @Nullable EventLoopGroup eventLoop;

	private int requests;

	private boolean closed;

	/**
	 * Create a client. It has one thread while requests are in progress.
	 * @param connection the name of the connection
	 * @param trust the trusted certificates
	 * @param routes the routes through proxies
	 * @param connectTimeout the time limit to connect to one address
	 * @param totalTimeout the time limit of a whole request: DNS lookup, connection, TLS
	 * handshake and response
	 * @param maxResponseSize the largest body of a response
	 */
	public FlyteHttpClient(String connection, TrustMaterial trust, ProxyRoutes routes, Duration connectTimeout,
			Duration totalTimeout, DataSize maxResponseSize) {
		this(connection, trust, routes, connectTimeout, totalTimeout, maxResponseSize,
				SingletonSupplier.of(() -> new DefaultNameResolver(ImmediateEventExecutor.INSTANCE)));
	}

	FlyteHttpClient(String connection, TrustMaterial trust, ProxyRoutes routes, Duration connectTimeout,
			Duration totalTimeout, DataSize maxResponseSize, NameResolver<InetAddress> resolver) {
		this(connection, trust, routes, connectTimeout, totalTimeout, maxResponseSize, () -> resolver);
	}

	private FlyteHttpClient(String connection, TrustMaterial trust, ProxyRoutes routes, Duration connectTimeout,
			Duration totalTimeout, DataSize maxResponseSize, Supplier<NameResolver<InetAddress>> resolver) {
		Assert.isTrue(connectTimeout.toMillis() > 0, "'connectTimeout' must be at least a millisecond");
		Assert.isTrue(totalTimeout.toMillis() > 0, "'totalTimeout' must be at least a millisecond");
		Assert.isTrue(maxResponseSize.toBytes() > 0 && maxResponseSize.toBytes() < Integer.MAX_VALUE,
				"'maxResponseSize' must be positive and below 2 GiB");
		this.connection = connection;
		this.trust = trust;
		this.routes = routes;
		this.resolver = resolver;
		this.limits = new HttpLimits(connectTimeout, totalTimeout, (int) maxResponseSize.toBytes());
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod httpMethod) {
		return new BufferedHttpRequest(uri, httpMethod, this::execute);
	}

	private ClientHttpResponse execute(BufferedHttpRequest request, HttpHeaders headers, byte[] body)
			throws HttpExchangeException {
		RequestTarget target = RequestTarget.of(request.getMethod(), request.getURI(), this.routes);
		HttpFailures failures = new HttpFailures(target, this.trust, this.limits);
		String held = (target.route() != null) ? target.route().held() : null;
		if (held != null) {
			throw failures.proxyRefused(held);
		}
		EventLoopGroup eventLoop = enter(failures);
		HttpExchange exchange = new HttpExchange(target, headers, body, this.trust, this.limits, failures);
		this.active.add(exchange);
		try {
			return exchange.execute(eventLoop, this.resolver.get(), daemons("dns"));
		}
		finally {
			this.active.remove(exchange);
			leave();
		}
	}

	private synchronized EventLoopGroup enter(HttpFailures failures) throws HttpExchangeException {
		if (this.closed) {
			throw failures.closed();
		}
		EventLoopGroup eventLoop = this.eventLoop;
		if (eventLoop == null) {
			eventLoop = new MultiThreadIoEventLoopGroup(1, daemons("http"), NioIoHandler.newFactory());
			this.eventLoop = eventLoop;
		}
		Assert.state(!eventLoop.next().inEventLoop(),
				"A request that waits must not be made on the thread it waits for");
		this.requests++;
		return eventLoop;
	}

	private synchronized void leave() {
		if (--this.requests == 0) {
			stopEventLoop();
		}
	}

	private void stopEventLoop() {
		EventLoopGroup eventLoop = this.eventLoop;
		this.eventLoop = null;
		if (eventLoop != null) {
			eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	private ThreadFactory daemons(String purpose) {
		return (task) -> {
			Thread thread = new FastThreadLocalThread(task, "flyte-" + this.connection + "-" + purpose);
			thread.setDaemon(true);
			return thread;
		};
	}

	/**
	 * Wait until no request is in progress.
	 * @param limit how long to wait at most
	 */
	public void awaitIdle(Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		try {
			while (!this.active.isEmpty() && System.nanoTime() - end < 0) {
				Thread.sleep(20);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Close the client: requests in progress fail, and its thread ends.
	 */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		this.active.forEach(HttpExchange::close);
		synchronized (this) {
			stopEventLoop();
		}
	}

}
