package io.flyteconnect.internal.http;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an HTTP request has no answer. The message names the method, the URL
 * without user, query and fragment, and the proxy without its password; no header and no
 * body is ever part of it.
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
	 * What can go wrong before there is an answer: the URL cannot be called, no
	 * connection, no TLS, the proxy refuses, no answer in time, an answer above the limit
	 * or cut off, something else than HTTP, the caller was interrupted, the client was
	 * closed.
	 */
	enum Failure {

		ADDRESS, CONNECT, TLS, PROXY, TIMEOUT, TOO_LARGE, CUT, NOT_HTTP, INTERRUPTED, CLOSED

	}

}
