package io.flyteconnect.internal.connectrpc.http;

import java.time.Duration;

import io.grpc.ClientTransportFilter;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.proxy.ProxyRoutes;

/**
 * Where the connections go, and their limits.
 *
 * @param host the host of the server, an IPv6 address without brackets
 * @param port the port of the server
 * @param tls the TLS context, or {@code null} for plaintext
 * @param http2 whether plaintext is HTTP/2 by prior knowledge (RFC 9113 section 3.3);
 * under TLS the server chooses
 * @param routes the routes through proxies, or {@code null} for none
 * @param transportFilter sees each new connection
 * @param connectTimeout the time limit of each step to a connection
 * @param idleTimeout how long a connection without a request is kept
 * @param maxConnections the most connections at once
 * @param maxHeaderSize the most bytes of the headers of a response
 */
public record HttpSettings(String host, int port, @Nullable SslContext tls, boolean http2, @Nullable ProxyRoutes routes,
		@Nullable ClientTransportFilter transportFilter, Duration connectTimeout, Duration idleTimeout,
		int maxConnections, int maxHeaderSize) {

}
