package io.flyteconnect.internal.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NameResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.internal.tls.TrustMaterial;

/**
 * A request and its response on a separate connection. The caller waits for a future, so
 * that neither a slow DNS lookup nor a server that sends a byte a second can block it
 * longer than the total time limit.
 */
final class HttpExchange {

	static final int MAX_HEADER_SIZE = 64 * 1024;

	private static final int MAX_LINE_LENGTH = 8 * 1024;

	private static final int CHUNK_SIZE = 8 * 1024;

	private final RequestTarget target;

	private final FullHttpRequest request;

	private final boolean unpacks;

	private final TrustMaterial trust;

	private final HttpLimits limits;

	private final HttpFailures failures;

	private final CompletableFuture<BufferedHttpResponse> result = new CompletableFuture<>();

	private volatile @Nullable Channel channel;

	HttpExchange(RequestTarget target, HttpHeaders headers, byte[] body, TrustMaterial trust, HttpLimits limits,
			HttpFailures failures) {
		this.target = target;
		this.request = HttpRequests.create(target, headers, body);
		this.unpacks = !headers.containsHeader(HttpHeaders.ACCEPT_ENCODING);
		this.trust = trust;
		this.limits = limits;
		this.failures = failures;
	}

	/**
	 * Send the request and wait for the response.
	 * @param eventLoop the event loop of the connection
	 * @param resolver resolves the addresses of the server or the proxy
	 * @param lookups creates the thread that resolves them, which a lookup may block
	 * @return the answer
	 * @throws HttpExchangeException if there is no response
	 */
	BufferedHttpResponse execute(EventLoopGroup eventLoop, NameResolver<InetAddress> resolver, ThreadFactory lookups)
			throws HttpExchangeException {
		HttpProxy proxy = this.target.proxy();
		HttpConnector connector = new HttpConnector(eventLoop, resolver, lookups, this.limits.connectTimeoutMillis(),
				UnpooledByteBufAllocator.DEFAULT);
		connector.connect((proxy != null) ? proxy.host() : this.target.host(),
				(proxy != null) ? proxy.port() : this.target.port(), this.target.tunneled()
						? InetSocketAddress.createUnresolved(this.target.host(), this.target.port()) : null,
				new Connecting());
		BufferedHttpResponse response = await();
		return this.unpacks ? response.unpack(this.limits.maxResponseSize(), this.failures) : response;
	}

	private BufferedHttpResponse await() throws HttpExchangeException {
		try {
			return this.result.get(this.limits.totalTimeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw this.failures.interrupted();
		}
		catch (TimeoutException ex) {
			throw this.failures.timeout();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof HttpExchangeException failure) ? failure : this.failures.cut(ex.getCause());
		}
		finally {
			this.result.cancel(false);
			closeChannel();
		}
	}

	/**
	 * Fail the exchange because the client is closed.
	 */
	void close() {
		this.result.completeExceptionally(this.failures.closed());
	}

	private void closeChannel() {
		Channel channel = this.channel;
		if (channel != null) {
			channel.close();
		}
	}

	// Adds the handlers for tunnel, TLS, HTTP and the exchange itself.
	private void addHandlers(ChannelPipeline pipeline, InetSocketAddress peer) {
		HttpProxy proxy = this.target.proxy();
		if (proxy != null && this.target.tunneled()) {
			HttpProxyHandler tunnel = HttpConnector.tunnel(proxy, peer);
			tunnel.setConnectTimeoutMillis(this.limits.totalTimeout().toMillis());
			pipeline.addLast(tunnel);
		}
		if (this.target.encrypted()) {
			SslHandler tls = new SslHandler(this.trust.newEngine(this.target.host(), this.target.port()));
			tls.setHandshakeTimeoutMillis(0);
			pipeline.addLast(tls);
		}
		pipeline.addLast(new HttpClientCodec(MAX_LINE_LENGTH, MAX_HEADER_SIZE, CHUNK_SIZE, true));
		pipeline.addLast(new HttpObjectAggregator(this.limits.maxResponseSize()));
		pipeline.addLast(new HttpExchangeHandler(this.request, this.result, this.failures,
				proxy != null && !this.target.encrypted()));
	}

	/**
	 * The connection of this exchange.
	 */
	private final class Connecting implements HttpConnector.Attempt {

		@Override
		public boolean isWanted() {
			return !HttpExchange.this.result.isDone();
		}

		@Override
		public void initialize(Channel channel, InetSocketAddress peer) {
			addHandlers(channel.pipeline(), peer);
		}

		@Override
		public void started(Channel channel) {
			HttpExchange.this.channel = channel;
			if (!isWanted()) {
				closeChannel();
			}
		}

		@Override
		public void failed(Throwable cause) {
			HttpExchange.this.result.completeExceptionally(HttpExchange.this.failures.connect(cause));
		}

		@Override
		public void unwanted() {
			close();
		}

	}

}
