package io.flyteconnect.network;

import java.net.URI;
import java.util.Map;

import io.grpc.ProxyDetector;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.HttpProxy;
import io.flyteconnect.config.HttpProxySettings;

/**
 * Which forward proxy one connection takes to which server.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public final class ProxyRoutes {

	private ProxyRoutes() {
	}

	/**
	 * Create the routes of a connection.
	 * @param settings the settings
	 * @param environment the environment variables
	 * @return the routes
	 */
	public static ProxyRoutes of(HttpProxySettings settings, Map<String, String> environment) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the proxy of a gRPC endpoint.
	 * @param host the host
	 * @param port the port
	 * @return the proxy, or {@code null} to connect directly
	 */
	public @Nullable HttpProxy forGrpc(String host, int port) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the proxy of an HTTP request.
	 * @param uri the URI of the request
	 * @return the proxy, or {@code null} to connect directly
	 */
	public @Nullable HttpProxy forHttp(URI uri) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the detector for the gRPC channel.
	 * @return the detector
	 */
	public ProxyDetector proxyDetector() {
		throw new UnsupportedOperationException();
	}

}
