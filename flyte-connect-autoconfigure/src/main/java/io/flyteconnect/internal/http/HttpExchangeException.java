package io.flyteconnect.internal.http;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an HTTP request has no answer. The message names the method, the URL
 * without user, query and fragment, and the proxy without its password; no header and no
 * body is ever part of it.
 *
 * @since 0.1.0
 */
public final class HttpExchangeException extends IOException {

	private final Failure failure;

	HttpExchangeException(Failure failure, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.failure = failure;
	}

	/**
	 * Return what went wrong.
	 * @return the kind of failure
	 */
	public Failure getFailure() {
		return this.failure;
	}

	/**
	 * What can go wrong before there is an answer.
	 */
	public enum Failure {

		/**
		 * The URL is none that can be called.
		 */
		ADDRESS,

		/**
		 * The server, or the proxy before it, is unknown or cannot be connected to.
		 */
		CONNECT,

		/**
		 * The TLS handshake failed: the certificate of either side is not accepted, or
		 * the server does not speak TLS.
		 */
		TLS,

		/**
		 * The proxy refused to pass the request on.
		 */
		PROXY,

		/**
		 * There was no complete answer in time.
		 */
		TIMEOUT,

		/**
		 * The answer is larger than allowed.
		 */
		TOO_LARGE,

		/**
		 * The connection ended before the answer was complete.
		 */
		CUT,

		/**
		 * The answer is not HTTP, or its encoding cannot be read.
		 */
		NOT_HTTP,

		/**
		 * The calling thread was interrupted. Its interrupt flag is set.
		 */
		INTERRUPTED,

		/**
		 * The client has been closed.
		 */
		CLOSED

	}

}
