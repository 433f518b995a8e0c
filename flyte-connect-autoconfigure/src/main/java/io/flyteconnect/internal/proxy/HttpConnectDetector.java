package io.flyteconnect.internal.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ProxiedSocketAddress;
import io.grpc.ProxyDetector;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * Routes a gRPC channel through HTTP CONNECT with the proxy's user and password. The
 * proxy gets the unresolved name of the endpoint, which need not be known on this
 * machine; only the proxy's own name is resolved here. Throws {@link IOException}s only,
 * since the call would hang after any other exception.
 */
record HttpConnectDetector(ProxyRoutes routes) implements ProxyDetector {

	@Override
	public @Nullable ProxiedSocketAddress proxyFor(SocketAddress target) throws IOException {
		ProxyRoute route = (target instanceof InetSocketAddress address) ? route(address) : null;
		if (route == null) {
			return null;
		}
		String held = route.held();
		if (held != null) {
			throw new ProxyRefusedException(held);
		}
		InetSocketAddress address = (InetSocketAddress) target;
		HttpProxy proxy = route.proxy();
		HttpConnectProxiedSocketAddress.Builder builder = HttpConnectProxiedSocketAddress.newBuilder()
			.setTargetAddress(InetSocketAddress.createUnresolved(address.getHostString(), address.getPort()))
			.setProxyAddress(resolve(proxy));
		if (proxy.username() != null) {
			builder.setUsername(proxy.username()).setPassword((proxy.password() != null) ? proxy.password() : "");
		}
		return builder.build();
	}

	private @Nullable ProxyRoute route(InetSocketAddress address) throws IOException {
		try {
			return this.routes.routeForGrpc(address.getHostString(), address.getPort());
		}
		catch (InvalidFlyteConfigurationException ex) {
			throw new IOException("The proxy settings cannot be used: " + ex.getMessage(), ex);
		}
	}

	private static InetSocketAddress resolve(HttpProxy proxy) throws IOException {
		try {
			return new InetSocketAddress(InetAddress.getByName(proxy.host()), proxy.port());
		}
		catch (UnknownHostException ex) {
			throw new IOException("The host name of the proxy " + proxy + " is unknown", ex);
		}
	}

}
