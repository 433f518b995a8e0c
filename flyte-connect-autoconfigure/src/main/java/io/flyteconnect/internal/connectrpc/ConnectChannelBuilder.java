package io.flyteconnect.internal.connectrpc;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.grpc.ClientTransportFilter;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.flyteconnect.internal.connectrpc.http.HttpConnections;
import io.flyteconnect.internal.connectrpc.http.HttpSettings;
import io.flyteconnect.internal.proxy.ProxyRoutes;

/**
 * Builds a {@link ConnectChannel}.
 *
 * @since 0.1.0
 */
public final class ConnectChannelBuilder {

	private final String host;

	private final int port;

	private final String authority;

	private final String path;

	private final boolean encrypted;

	private @Nullable SslContext tls;

	private @Nullable ProxyRoutes routes;

	private @Nullable Executor executor;

	private @Nullable ClientTransportFilter transportFilter;

	private String userAgent = "flyte-connect";

	private int maxInboundMessageSize = 4 * 1024 * 1024;

	private int maxInboundMetadataSize = 64 * 1024;

	private boolean gzip;

	private boolean http2;

	private Duration connectTimeout = Duration.ofSeconds(20);

	private Duration idleTimeout = Duration.ofSeconds(50);

	private int maxConnections = 256;

	ConnectChannelBuilder(URI baseUrl) {
		String scheme = baseUrl.getScheme();
		String host = baseUrl.getHost();
		this.encrypted = "https".equalsIgnoreCase(scheme);
		Assert.isTrue(host != null && (this.encrypted || "http".equalsIgnoreCase(scheme)),
				() -> "The URL of a Connect server has the scheme http or https and a host, unlike '" + baseUrl + "'");
		int defaultPort = this.encrypted ? 443 : 80;
		this.port = (baseUrl.getPort() != -1) ? baseUrl.getPort() : defaultPort;
		this.authority = (this.port == defaultPort) ? host : host + ":" + this.port;
		this.host = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
		String path = (baseUrl.getRawPath() != null) ? baseUrl.getRawPath() : "";
		this.path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

	/**
	 * Set the trust and the client certificate.
	 * @param tls the context, which should offer {@code h2} and {@code http/1.1} (ALPN);
	 * {@code null}, the default, for plaintext, as the scheme of the URL says
	 * @return this
	 */
	public ConnectChannelBuilder sslContext(@Nullable SslContext tls) {
		this.tls = tls;
		return this;
	}

	/**
	 * Set the forward proxies. All connections through one are tunnels (CONNECT).
	 * @param routes the routes, {@code null}, the default, for none
	 * @return this
	 */
	public ConnectChannelBuilder proxyRoutes(@Nullable ProxyRoutes routes) {
		this.routes = routes;
		return this;
	}

	/**
	 * Set where callbacks run of calls that name no executor.
	 * @param executor the executor, which the channel does not end; {@code null}, the
	 * default, for threads of its own
	 * @return this
	 */
	public ConnectChannelBuilder executor(@Nullable Executor executor) {
		this.executor = executor;
		return this;
	}

	/**
	 * Set what sees each new connection, and says what tracers of calls know of it.
	 * @param transportFilter the filter, {@code null}, the default, for none
	 * @return this
	 */
	public ConnectChannelBuilder transportFilter(@Nullable ClientTransportFilter transportFilter) {
		this.transportFilter = transportFilter;
		return this;
	}

	/**
	 * Set the user agent.
	 * @param userAgent the whole header, {@code flyte-connect} by default
	 * @return this
	 */
	public ConnectChannelBuilder userAgent(String userAgent) {
		this.userAgent = userAgent;
		return this;
	}

	/**
	 * Set the largest message of a response, on the wire and unpacked. A larger one ends
	 * its call by RESOURCE_EXHAUSTED.
	 * @param bytes the size in bytes, 4 MiB by default
	 * @return this
	 */
	public ConnectChannelBuilder maxInboundMessageSize(int bytes) {
		Assert.isTrue(bytes > 0, "'bytes' must be positive");
		this.maxInboundMessageSize = bytes;
		return this;
	}

	/**
	 * Set the largest headers of a response.
	 * @param bytes the size in bytes, 64 KiB by default
	 * @return this
	 */
	public ConnectChannelBuilder maxInboundMetadataSize(int bytes) {
		Assert.isTrue(bytes > 0, "'bytes' must be positive");
		this.maxInboundMetadataSize = bytes;
		return this;
	}

	/**
	 * Set whether requests are compressed where the options of a call say nothing of it.
	 * Responses may always be.
	 * @param gzip whether they are, which they are not by default
	 * @return this
	 */
	public ConnectChannelBuilder gzip(boolean gzip) {
		this.gzip = gzip;
		return this;
	}

	/**
	 * Set whether plaintext is HTTP/2 by prior knowledge (h2c), instead of HTTP/1.1.
	 * @param http2 whether it is, which it is not by default
	 * @return this
	 */
	public ConnectChannelBuilder http2WithPriorKnowledge(boolean http2) {
		this.http2 = http2;
		return this;
	}

	/**
	 * Set the time limit of each step to a connection: an address, the tunnel through a
	 * proxy, TLS, the begin of HTTP/2.
	 * @param connectTimeout the limit, 20 s by default
	 * @return this
	 */
	public ConnectChannelBuilder connectTimeout(Duration connectTimeout) {
		Assert.isTrue(connectTimeout.toMillis() > 0, "'connectTimeout' must be at least a millisecond");
		this.connectTimeout = connectTimeout;
		return this;
	}

	/**
	 * Set how long a connection without a call is kept. Less than a load balancer keeps
	 * it, so that no call meets its end: 60 s with an ALB.
	 * @param idleTimeout the time, 50 s by default
	 * @return this
	 */
	public ConnectChannelBuilder idleTimeout(Duration idleTimeout) {
		Assert.isTrue(idleTimeout.toMillis() > 0, "'idleTimeout' must be at least a millisecond");
		this.idleTimeout = idleTimeout;
		return this;
	}

	/**
	 * Set the most connections at once. Over HTTP/1.1 each call needs one, streams for as
	 * long as they last; what finds none free waits for one.
	 * @param maxConnections the number, 256 by default
	 * @return this
	 */
	public ConnectChannelBuilder maxConnections(int maxConnections) {
		Assert.isTrue(maxConnections > 0, "'maxConnections' must be positive");
		this.maxConnections = maxConnections;
		return this;
	}

	/**
	 * Build the channel. Nothing is connected.
	 * @return the channel
	 * @throws IllegalArgumentException if the scheme of the URL and the TLS context do
	 * not fit
	 */
	public ConnectChannel build() {
		Assert.isTrue(this.encrypted == (this.tls != null),
				"A TLS context belongs to an https URL, and only to such a one");
		Executor given = this.executor;
		if (given != null) {
			return build(given, () -> {
			});
		}
		ExecutorService own = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "flyte-connect-calls-" + this.authority);
			thread.setDaemon(true);
			return thread;
		});
		return build(own, own::shutdown);
	}

	private ConnectChannel build(Executor executor, Runnable atEnd) {
		HttpConnections connections = new HttpConnections(
				new HttpSettings(this.host, this.port, this.tls, this.http2, this.routes, this.transportFilter,
						this.connectTimeout, this.idleTimeout, this.maxConnections, this.maxInboundMetadataSize),
				executor);
		return new ConnectChannel(new ConnectSettings(this.authority, this.path, this.encrypted, this.userAgent,
				this.maxInboundMessageSize, this.gzip), connections, executor, atEnd);
	}

}
