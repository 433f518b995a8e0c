package io.flyteconnect.internal.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import io.flyteconnect.config.HttpProxy;
import io.flyteconnect.internal.tls.TrustMaterial;

/**
 * One request and its answer, on a connection of its own. The caller waits for a future,
 * so that neither a slow look-up nor a server that sends a byte a second can hold it
 * longer than the total time.
 */
final class HttpExchange {

	static final int MAX_HEADER_SIZE = 64 * 1024;

	private static final int MAX_LINE_LENGTH = 8 * 1024;

	private static final int CHUNK_SIZE = 8 * 1024;

	private final RequestTarget target;

	private final TrustMaterial trust;

	private final HttpLimits limits;

	private final HostLookup lookup;

	private final HttpFailures failures;

	private final CompletableFuture<BufferedHttpResponse> result = new CompletableFuture<>();

	private volatile @Nullable Channel channel;

	HttpExchange(RequestTarget target, TrustMaterial trust, HttpLimits limits, HostLookup lookup) {
		this.target = target;
		this.trust = trust;
		this.limits = limits;
		this.lookup = lookup;
		this.failures = new HttpFailures(target, trust);
	}

	/**
	 * Send the request and wait for the answer.
	 * @param eventLoop where the connection lives
	 * @param lookups makes the thread that looks up the host name
	 * @param headers the headers of the caller
	 * @param body the body, empty for none
	 * @return the answer
	 * @throws HttpExchangeException if there is none
	 */
	BufferedHttpResponse execute(EventLoopGroup eventLoop, ThreadFactory lookups, HttpHeaders headers, byte[] body)
			throws HttpExchangeException {
		FullHttpRequest request = HttpRequests.create(this.target, headers, body);
		lookups.newThread(() -> lookUp(eventLoop, request)).start();
		BufferedHttpResponse response = await();
		boolean askedForEncoding = headers.containsHeader(HttpHeaders.ACCEPT_ENCODING);
		return askedForEncoding ? response : response.unpack(this.limits.maxResponseSize(), this.failures);
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
			throw this.failures.timeout(this.limits);
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
	 * End the exchange because its client ends.
	 */
	void close() {
		this.result.completeExceptionally(this.failures.closed());
	}

	private void lookUp(EventLoopGroup eventLoop, FullHttpRequest request) {
		HttpProxy proxy = this.target.proxy();
		try {
			InetAddress[] addresses = this.lookup.find((proxy != null) ? proxy.host() : this.target.host());
			connect(eventLoop, request, addresses, 0);
		}
		catch (UnknownHostException ex) {
			this.result.completeExceptionally(this.failures.connect(ex));
		}
		catch (RuntimeException ex) {
			this.result.completeExceptionally(this.failures.cut(ex));
		}
	}

	private void connect(EventLoopGroup eventLoop, FullHttpRequest request, InetAddress[] addresses, int index) {
		if (this.result.isDone() || eventLoop.isShuttingDown()) {
			this.result.completeExceptionally(this.failures.closed());
			return;
		}
		HttpProxy proxy = this.target.proxy();
		InetSocketAddress peer = new InetSocketAddress(addresses[index],
				(proxy != null) ? proxy.port() : this.target.port());
		Bootstrap bootstrap = new Bootstrap().group(eventLoop)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, this.limits.connectTimeoutMillis())
			.option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
			.resolver(NoopAddressResolverGroup.INSTANCE)
			.handler(new Initializer(request, peer));
		// The proxy's handler connects to the proxy in place of the server that it is
		// told
		ChannelFuture connected = bootstrap.connect(this.target.tunneled()
				? InetSocketAddress.createUnresolved(this.target.host(), this.target.port()) : peer);
		this.channel = connected.channel();
		if (this.result.isDone()) {
			closeChannel();
		}
		connected.addListener((future) -> {
			if (!future.isSuccess() && !this.result.isDone()) {
				if (index + 1 < addresses.length) {
					connect(eventLoop, request, addresses, index + 1);
				}
				else {
					this.result.completeExceptionally(this.failures.connect(future.cause()));
				}
			}
		});
	}

	private void closeChannel() {
		Channel channel = this.channel;
		if (channel != null) {
			channel.close();
		}
	}

	/**
	 * Lays out a connection: tunnel, TLS, HTTP, and who waits for the answer.
	 */
	private final class Initializer extends ChannelInitializer<Channel> {

		private final FullHttpRequest request;

		private final InetSocketAddress peer;

		Initializer(FullHttpRequest request, InetSocketAddress peer) {
			this.request = request;
			this.peer = peer;
		}

		@Override
		protected void initChannel(Channel channel) {
			RequestTarget target = HttpExchange.this.target;
			HttpLimits limits = HttpExchange.this.limits;
			ChannelPipeline pipeline = channel.pipeline();
			HttpProxy proxy = target.proxy();
			if (proxy != null && target.tunneled()) {
				HttpProxyHandler tunnel = tunnel(proxy);
				tunnel.setConnectTimeoutMillis(limits.totalTimeout().toMillis());
				pipeline.addLast(tunnel);
			}
			if (target.encrypted()) {
				SslHandler tls = new SslHandler(HttpExchange.this.trust.newEngine(target.host(), target.port()));
				tls.setHandshakeTimeoutMillis(0);
				pipeline.addLast(tls);
			}
			pipeline.addLast(new HttpClientCodec(MAX_LINE_LENGTH, MAX_HEADER_SIZE, CHUNK_SIZE, true));
			pipeline.addLast(new HttpObjectAggregator(limits.maxResponseSize()));
			pipeline.addLast(new HttpExchangeHandler(this.request, HttpExchange.this.result, HttpExchange.this.failures,
					limits.maxResponseSize(), proxy != null && !target.encrypted()));
		}

		private HttpProxyHandler tunnel(HttpProxy proxy) {
			if (proxy.username() == null) {
				return new HttpProxyHandler(this.peer);
			}
			return new HttpProxyHandler(this.peer, proxy.username(),
					(proxy.password() != null) ? proxy.password() : "");
		}

	}

}
