package io.flyteconnect.internal.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadFactory;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.resolver.NameResolver;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;

/**
 * Opens connections to a server or its proxy: looks the name up on a thread of its own,
 * which a lookup may block, and tries one address after the other.
 *
 * @param eventLoop the event loop of the connections
 * @param resolver resolves names
 * @param lookups creates the threads that resolve them
 * @param connectTimeoutMillis the time limit to connect to one address
 * @param allocator allocates what is read and written
 * @since 0.1.0
 */
public record HttpConnector(EventLoopGroup eventLoop, NameResolver<InetAddress> resolver, ThreadFactory lookups,
		int connectTimeoutMillis, ByteBufAllocator allocator) {

	/**
	 * Connect to the first address that answers.
	 * @param host the host to look up: that of the proxy, if there is one
	 * @param port the port of that host
	 * @param tunneled the server behind a tunnel through that host, or {@code null}
	 * @param attempt what the connection is for
	 */
	public void connect(String host, int port, @Nullable InetSocketAddress tunneled, Attempt attempt) {
		this.lookups.newThread(() -> this.resolver.resolveAll(host).addListener((Future<List<InetAddress>> found) -> {
			if (found.isSuccess()) {
				connect(found.getNow().iterator(), port, tunneled, attempt);
			}
			else {
				attempt.failed(found.cause());
			}
		})).start();
	}

	private void connect(Iterator<InetAddress> addresses, int port, @Nullable InetSocketAddress tunneled,
			Attempt attempt) {
		if (!attempt.isWanted() || this.eventLoop.isShuttingDown()) {
			attempt.unwanted();
			return;
		}
		InetSocketAddress peer = new InetSocketAddress(addresses.next(), port);
		Bootstrap bootstrap = new Bootstrap().group(this.eventLoop)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, this.connectTimeoutMillis)
			.option(ChannelOption.ALLOCATOR, this.allocator)
			.resolver(NoopAddressResolverGroup.INSTANCE)
			.handler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					attempt.initialize(channel, peer);
				}
			});
		// The proxy's handler connects to the proxy in place of the server that it is
		// told
		ChannelFuture connected = bootstrap.connect((tunneled != null) ? tunneled : peer);
		attempt.started(connected.channel());
		connected.addListener((future) -> {
			if (!future.isSuccess() && attempt.isWanted()) {
				if (addresses.hasNext()) {
					connect(addresses, port, tunneled, attempt);
				}
				else {
					attempt.failed(future.cause());
				}
			}
		});
	}

	/**
	 * Create the handler of a tunnel through a proxy (CONNECT, RFC 9110 section 9.3.6).
	 * @param proxy the proxy, with its user and password
	 * @param peer the address of the proxy
	 * @return the handler, to be the first of the pipeline
	 */
	public static HttpProxyHandler tunnel(HttpProxy proxy, InetSocketAddress peer) {
		return (proxy.username() == null) ? new HttpProxyHandler(peer)
				: new HttpProxyHandler(peer, proxy.username(), (proxy.password() != null) ? proxy.password() : "");
	}

	/**
	 * What a connection is for.
	 */
	public interface Attempt {

		/**
		 * Return whether the connection is still wanted.
		 * @return whether to go on
		 */
		boolean isWanted();

		/**
		 * Add the handlers of the connection.
		 * @param channel the channel, which is not connected yet
		 * @param peer the address that it connects to
		 */
		void initialize(Channel channel, InetSocketAddress peer);

		/**
		 * Take note of the channel that is being connected.
		 * @param channel the channel
		 */
		void started(Channel channel);

		/**
		 * No address can be connected to.
		 * @param cause the failure of the lookup, or of the last address
		 */
		void failed(Throwable cause);

		/**
		 * The connection was given up because nobody wants it any more.
		 */
		void unwanted();

	}

}
