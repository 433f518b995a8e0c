package io.flyteconnect.internal.connectrpc.http;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Says why a request has no complete response. Its cause is what Netty reports.
 */
public final class HttpCallException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * How a request failed.
	 */
	public enum Failure {

		/** No connection to the server, or to its proxy. */
		CONNECT,

		/** The connection or the stream ended within the exchange. */
		CUT,

		/** The server has reset the stream by CANCEL (RFC 9113 section 7). */
		CANCELLED,

		/** What came is no HTTP, or its headers are too large. */
		NOT_HTTP,

		/** The request cannot be sent as it is. */
		REQUEST,

		/** The connections have been closed. */
		CLOSED

	}

	private final Failure failure;

	HttpCallException(Failure failure, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.failure = failure;
	}

	/**
	 * Return how the request failed.
	 * @return the kind of the failure
	 */
	public Failure failure() {
		return this.failure;
	}

}
