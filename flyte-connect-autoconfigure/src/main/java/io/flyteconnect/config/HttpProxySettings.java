package io.flyteconnect.config;

import org.jspecify.annotations.Nullable;

/**
 * The forward proxy of a connection.
 *
 * @param proxy the configured proxy, or {@code null} to follow the JVM's settings and the
 * environment
 * @param scope what goes through the configured proxy
 * @since 0.1.0
 */
public record HttpProxySettings(@Nullable HttpProxy proxy, HttpProxyScope scope) {

}
