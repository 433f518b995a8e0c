package io.flyteconnect.autoconfigure;

import io.grpc.StatusRuntimeException;

import io.flyteconnect.config.Endpoint;

/**
 * Thrown when {@code flyte.startup-check=fail} is set and Flyte does not answer while the
 * application starts.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public final class FlyteStartupCheckException extends RuntimeException {

	FlyteStartupCheckException(Endpoint endpoint, StatusRuntimeException cause) {
		super("Flyte does not answer at " + endpoint + ": " + cause.getMessage(), cause);
	}

}
