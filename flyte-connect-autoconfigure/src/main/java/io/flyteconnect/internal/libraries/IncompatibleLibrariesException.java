package io.flyteconnect.internal.libraries;

/**
 * Thrown where a connection cannot be made because the versions of Protobuf, gRPC and
 * Netty on the class path do not fit together.
 *
 * @since 0.1.0
 */
public final class IncompatibleLibrariesException extends RuntimeException {

	/**
	 * Create an exception.
	 * @param message which versions are there and which are needed
	 * @param cause the error of linkage
	 */
	public IncompatibleLibrariesException(String message, LinkageError cause) {
		super(message, cause);
	}

}
