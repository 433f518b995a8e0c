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

	/**
	 * An HTTP forward proxy. The password is never part of {@link #toString()}.
	 *
	 * @param host the proxy's host name or address, an IPv6 address without brackets
	 * @param port the proxy's port
	 * @param username the user to authenticate as, or {@code null}
	 * @param password the password of that user, or {@code null}
	 */
	public record HttpProxy(String host, int port, @Nullable String username, @Nullable String password) {

		@Override
		public String toString() {
			String user = (this.username != null) ? "******@" : "";
			String address = (this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host;
			return "http://" + user + address + ":" + this.port;
		}

	}

}
