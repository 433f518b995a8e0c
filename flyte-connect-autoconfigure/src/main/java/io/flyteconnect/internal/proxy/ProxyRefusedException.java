package io.flyteconnect.internal.proxy;

import java.io.IOException;

/**
 * Thrown when a proxy requires or rejects a user and password, and instead of connecting
 * to a proxy that has rejected the same ones recently. The failure is permanent.
 *
 * @since 0.1.0
 */
public final class ProxyRefusedException extends IOException {

	/**
	 * Create an exception.
	 * @param message what the proxy rejected and what to do
	 */
	public ProxyRefusedException(String message) {
		super(message);
	}

}
