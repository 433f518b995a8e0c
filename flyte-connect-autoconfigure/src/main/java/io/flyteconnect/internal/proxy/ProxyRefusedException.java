package io.flyteconnect.internal.proxy;

import java.io.IOException;

/**
 * Thrown where a proxy wants another user or password, or any, and in place of a
 * connection to a proxy that has refused the same ones a moment ago. Nothing of that
 * passes by itself.
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
