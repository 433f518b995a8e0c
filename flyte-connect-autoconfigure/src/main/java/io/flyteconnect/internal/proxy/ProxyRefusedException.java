package io.flyteconnect.internal.proxy;

import java.io.IOException;

/**
 * Thrown in place of a connection to a proxy that has refused the same user and password
 * a moment ago.
 *
 * @since 0.1.0
 */
public final class ProxyRefusedException extends IOException {

	/**
	 * Create an exception.
	 * @param message what the proxy refused and what to do
	 */
	public ProxyRefusedException(String message) {
		super(message);
	}

}
