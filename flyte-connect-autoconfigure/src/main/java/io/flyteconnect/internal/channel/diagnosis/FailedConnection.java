package io.flyteconnect.internal.channel.diagnosis;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.Endpoint;
import io.flyteconnect.internal.proxy.ProxyRoute;

/**
 * What is known of a connection that failed.
 *
 * @param endpoint where Flyte Admin should be
 * @param plaintext whether the endpoint is called in plaintext
 * @param route the way through a forward proxy, or {@code null}
 * @param hint which setting of a proxy leads nowhere, or {@code null}
 * @param handshake explains the failure of a TLS handshake, by {@code null} if it is none
 */
record FailedConnection(Endpoint endpoint, boolean plaintext, @Nullable ProxyRoute route, @Nullable String hint,
		Function<Throwable, @Nullable String> handshake) {

}
