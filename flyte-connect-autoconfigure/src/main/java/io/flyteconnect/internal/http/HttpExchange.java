package io.flyteconnect.internal.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
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
import io.netty.resolver.NameResolver;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
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
		String host = (proxy != null) ? proxy.host() : this.target.host();
		lookups.newThread(() -> resolver.resolveAll(host).addListener((Future<List<InetAddress>> addresses) -> {
			if (addresses.isSuccess()) {
				connect(eventLoop, addresses.getNow().iterator());
			}
			else {
				this.result.completeExceptionally(this.failures.connect(addresses.cause()));
			}
		})).start();
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

	private void connect(EventLoopGroup eventLoop, Iterator<InetAddress> addresses) {
		if (this.result.isDone() || eventLoop.isShuttingDown()) {
			this.result.completeExceptionally(this.failures.closed());
			return;
		}
		HttpProxy proxy = this.target.proxy();
		InetSocketAddress peer = new InetSocketAddress(addresses.next(),
				(proxy != null) ? proxy.port() : this.target.port());
		Bootstrap bootstrap = new Bootstrap().group(eventLoop)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, this.limits.connectTimeoutMillis())
			.option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
			.resolver(NoopAddressResolverGroup.INSTANCE)
			.handler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					addHandlers(channel.pipeline(), peer);
				}
			});
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
				if (addresses.hasNext()) {
					connect(eventLoop, addresses);
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

	// Adds the handlers for tunnel, TLS, HTTP and the exchange itself.
	private void addHandlers(ChannelPipeline pipeline, InetSocketAddress peer) {
		HttpProxy proxy = this.target.proxy();
		if (proxy != null && this.target.tunneled()) {
			HttpProxyHandler tunnel = tunnel(proxy, peer);
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

	private static HttpProxyHandler tunnel(HttpProxy proxy, InetSocketAddress peer) {
		return (proxy.username() == null) ? new HttpProxyHandler(peer)
				: new HttpProxyHandler(peer, proxy.username(), (proxy.password() != null) ? proxy.password() : "");
	}

}
