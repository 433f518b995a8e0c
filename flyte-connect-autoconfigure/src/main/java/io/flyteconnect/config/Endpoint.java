package io.flyteconnect.config;

import org.jspecify.annotations.Nullable;

/**
 * Where Flyte Admin listens.
 *
 * @param text the endpoint as a person writes it, without scheme: {@code host} or
 * {@code host:port}, or a target of another gRPC name resolver
 * @param target the target for gRPC, for example {@code dns:///host:443}
 * @param host the host, an IPv6 address in brackets, or {@code null} where the target is
 * for another name resolver
 * @param port the port, or -1 where the target is for another name resolver
 * @since 0.1.0
 */
public record Endpoint(String text, String target, @Nullable String host, int port) {

	@Override
	public String toString() {
		return this.text;
	}

}
