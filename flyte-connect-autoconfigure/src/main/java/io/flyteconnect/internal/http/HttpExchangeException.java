package io.flyteconnect.internal.http;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an HTTP request fails without a response. The message names the method, the
 * URL without user, query and fragment, and the proxy without its password. It never
 * contains a header or a body.
 */
final class HttpExchangeException extends IOException {

	private final Failure failure;

	HttpExchangeException(Failure failure, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.failure = failure;
	}

	/**
	 * Return what went wrong.
	 * @return the kind of failure
	 */
	Failure getFailure() {
		return this.failure;
	}

	/**
	 * The kinds of failure: the URL is not supported, no connection, no TLS, the proxy
	 * rejects the request, the time limit was exceeded, the response is too large or
	 * truncated or not HTTP, the caller was interrupted, the client was closed.
	 */
	enum Failure {

		ADDRESS, CONNECT, TLS, PROXY, TIMEOUT, TOO_LARGE, CUT, NOT_HTTP, INTERRUPTED, CLOSED

	}

}
