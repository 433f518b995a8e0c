package io.flyteconnect.network;

import java.net.URI;
import java.time.Duration;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.unit.DataSize;

/**
 * The HTTP client of one connection.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public final class FlyteHttpClient implements ClientHttpRequestFactory, AutoCloseable {

	/**
	 * Create a client.
	 * @param connection the name of the connection
	 * @param trust whom to trust
	 * @param routes which proxy to take
	 * @param connectTimeout the longest time to connect
	 * @param totalTimeout the longest time of a request altogether
	 * @param maxResponseSize the largest response body
	 */
	public FlyteHttpClient(String connection, TrustMaterial trust, ProxyRoutes routes, Duration connectTimeout,
			Duration totalTimeout, DataSize maxResponseSize) {
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod httpMethod) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {
	}

}
