package io.flyteconnect.internal.connectrpc.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.HttpProxyHandler.HttpProxyConnectException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.http.HttpConnector;
import io.flyteconnect.internal.proxy.ProxyRefusedException;
import io.flyteconnect.internal.proxy.ProxyRoute;

/**
 * Opens one connection: address, tunnel through a proxy, TLS, then the protocol that the
 * server chooses (RFC 7301).
 */
final class Opening extends ChannelInboundHandlerAdapter implements HttpConnector.Attempt {

	private final HttpSettings settings;

	private final HttpConnections connections;

	private @Nullable ProxyRoute route;

	private boolean done;

	Opening(HttpSettings settings, HttpConnections connections) {
		this.settings = settings;
		this.connections = connections;
	}

	void start(HttpConnector connector) {
		try {
			this.route = route();
		}
		catch (IOException ex) {
			// Later, since who opens a connection is not done with it yet.
			this.connections.eventLoop().execute(() -> fail(ex));
			return;
		}
		HttpProxy proxy = (this.route != null) ? this.route.proxy() : null;
		if (proxy != null) {
			connector.connect(proxy.host(), proxy.port(),
					InetSocketAddress.createUnresolved(this.settings.host(), this.settings.port()), this);
		}
		else {
			connector.connect(this.settings.host(), this.settings.port(), null, this);
		}
	}

	private @Nullable ProxyRoute route() throws IOException {
		if (this.settings.routes() == null) {
			return null;
		}
		try {
			ProxyRoute route = this.settings.routes().routeForGrpc(this.settings.host(), this.settings.port());
			String held = (route != null) ? route.held() : null;
			if (held != null) {
				throw new ProxyRefusedException(held);
			}
			return route;
		}
		catch (InvalidFlyteConfigurationException ex) {
			throw new IOException("The proxy settings cannot be used: " + ex.getMessage(), ex);
		}
	}

	@Override
	public boolean isWanted() {
		return !this.connections.isClosed();
	}

	@Override
	public void initialize(Channel channel, InetSocketAddress peer) {
		int timeout = (int) this.settings.connectTimeout().toMillis();
		if (this.route != null) {
			HttpProxyHandler tunnel = HttpConnector.tunnel(this.route.proxy(), peer);
			tunnel.setConnectTimeoutMillis(timeout);
			channel.pipeline().addLast(tunnel);
		}
		SslContext tls = this.settings.tls();
		if (tls != null) {
			SslHandler handler = tls.newHandler(channel.alloc(), this.settings.host(), this.settings.port());
			handler.setHandshakeTimeoutMillis(timeout);
			channel.pipeline().addLast(handler);
		}
		channel.pipeline().addLast(this);
	}

	@Override
	public void started(Channel channel) {
		this.connections.opening(channel);
	}

	@Override
	public void failed(Throwable cause) {
		this.connections.execute(() -> fail(cause));
	}

	@Override
	public void unwanted() {
		failed(new ClosedChannelException());
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		if (this.route == null && this.settings.tls() == null) {
			ready(context);
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof ProxyConnectionEvent && this.settings.tls() == null) {
			ready(context);
		}
		else if (event instanceof SslHandshakeCompletionEvent handshake) {
			if (handshake.isSuccess()) {
				ready(context);
			}
			else if (!(handshake.cause() instanceof ClosedChannelException)) {
				fail(context, handshake.cause());
			}
		}
	}

	private void ready(ChannelHandlerContext context) {
		this.done = true;
		Channel channel = context.channel();
		boolean http2 = isHttp2(channel);
		channel.pipeline().remove(this);
		if (http2) {
			Http2Connection.start(channel, this.settings, this.connections);
		}
		else {
			Http1Connection.start(channel, this.settings, this.connections);
		}
	}

	private boolean isHttp2(Channel channel) {
		SslHandler tls = channel.pipeline().get(SslHandler.class);
		return (tls != null) ? ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())
				: this.settings.http2();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		fail(context, cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		fail(context, new ClosedChannelException());
	}

	private void fail(ChannelHandlerContext context, Throwable cause) {
		context.close();
		fail(cause);
	}

	private void fail(Throwable cause) {
		if (!this.done) {
			this.done = true;
			ProxyConnectException refusal = refusal(cause);
			if (refusal != null) {
				remember(refusal);
			}
			this.connections.unopened((refusal != null) ? refusal : cause);
		}
	}

	// TLS fails by it, too, and hides it.
	private static @Nullable ProxyConnectException refusal(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ProxyConnectException refusal) {
				return refusal;
			}
		}
		return null;
	}

	// Netty has the status in the message only.
	private void remember(ProxyConnectException refusal) {
		if (this.route != null && String.valueOf(refusal.getMessage()).contains("status: 407")) {
			HttpHeaders headers = (refusal instanceof HttpProxyConnectException http) ? http.headers() : null;
			List<String> offered = (headers != null) ? headers.getAll(HttpHeaderNames.PROXY_AUTHENTICATE) : List.of();
			this.route.refused(offered.isEmpty() ? null : String.join(", ", offered));
		}
	}

}
