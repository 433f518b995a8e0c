package io.flyteconnect.internal.libraries;

/**
 * Thrown when a connection cannot be created because the versions of Protobuf, gRPC and
 * Netty on the class path are incompatible.
 *
 * @since 0.1.0
 */
public final class IncompatibleLibrariesException extends RuntimeException {

	/**
	 * Create an exception.
	 * @param message the versions that are present and those that are needed
	 * @param cause the error of linkage
	 */
	public IncompatibleLibrariesException(String message, LinkageError cause) {
		super(message, cause);
	}

}
