package io.flyteconnect.config;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP forward proxy. The password is never part of {@link #toString()}.
 *
 * @param host the proxy's host name or address, an IPv6 address without brackets
 * @param port the proxy's port
 * @param username the user to authenticate as, or {@code null}
 * @param password the password of that user, or {@code null}
 * @since 0.1.0
 */
public record HttpProxy(String host, int port, @Nullable String username, @Nullable String password) {

	@Override
	public String toString() {
		String user = (this.username != null) ? "******@" : "";
		String address = (this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host;
		return "http://" + user + address + ":" + this.port;
	}

}
