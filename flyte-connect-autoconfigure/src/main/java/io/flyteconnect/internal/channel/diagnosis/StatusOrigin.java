package io.flyteconnect.internal.channel.diagnosis;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;

/**
 * Tells how a server ended a call from how the transport did: what a server says of its
 * own troubles, a refused connection to its database for example, is no trouble of the
 * connection to it.
 */
final class StatusOrigin {

	private static final Metadata.Key<String> CONTENT_TYPE = Metadata.Key.of("content-type",
			Metadata.ASCII_STRING_MARSHALLER);

	private StatusOrigin() {
	}

	/**
	 * Return whether a server sent a status. One that did has answered by headers of
	 * gRPC, or by trailers alone, which name gRPC as their type; what ends a call on this
	 * side has a cause, or trailers that name none
	 * ({@code io.grpc.internal.Http2ClientStreamTransportState}).
	 * @param status how the call ended
	 * @param trailers what came with it
	 * @param answered whether headers came before
	 * @return whether the server said so
	 */
	static boolean isServer(Status status, Metadata trailers, boolean answered) {
		if (status.getCause() != null || !answered && isInferred(status)) {
			return false;
		}
		String type = trailers.get(CONTENT_TYPE);
		return answered || type != null && type.startsWith("application/grpc");
	}

	/**
	 * Return whether a server ended an attempt.
	 * @param attempt the end, with the trailers that gRPC took for the server's
	 * @return whether the server said so
	 */
	static boolean isServer(StatusException attempt) {
		Status status = attempt.getStatus();
		return attempt.getTrailers() != null && status.getCause() == null && !isInferred(status);
	}

	// An answer of HTTP that has gRPC's type, but no status of gRPC.
	private static boolean isInferred(Status status) {
		String text = status.getDescription();
		return text != null && text.contains("inferred error from HTTP status code");
	}

}
