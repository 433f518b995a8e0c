package io.flyteconnect.internal.channel;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Supplier;

import io.grpc.Attributes;
import io.grpc.netty.NettyChannelBuilder.LocalSocketPicker;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.proxy.ProxyRoute;

/**
 * Keeps a connection from being opened to a proxy that has refused its password a moment
 * ago. gRPC connects anew by itself, for a while also after a channel has gone idle, and
 * asks for nothing but the local address then: one that is none ends the attempt before
 * anything is sent.
 */
public final class RefusedProxyPicker extends LocalSocketPicker {

	private final Supplier<@Nullable ProxyRoute> way;

	/**
	 * Create a picker.
	 * @param way finds the way through the proxy
	 */
	RefusedProxyPicker(Supplier<@Nullable ProxyRoute> way) {
		this.way = way;
	}

	@Override
	public @Nullable SocketAddress createSocketAddress(SocketAddress remoteAddress, Attributes attributes) {
		ProxyRoute route = this.way.get();
		return (route != null && route.held() != null) ? InetSocketAddress.createUnresolved("none", 0) : null;
	}

}
