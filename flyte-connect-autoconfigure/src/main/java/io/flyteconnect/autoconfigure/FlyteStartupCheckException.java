package io.flyteconnect.autoconfigure;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.text.SafeText;

/**
 * Thrown when {@code flyte.startup-check=fail} is set and Flyte does not answer while the
 * application starts.
 *
 * @since 0.1.0
 */
public final class FlyteStartupCheckException extends RuntimeException {

	private final String connection;

	private final String endpoint;

	private final Status status;

	FlyteStartupCheckException(PlatformConfig config, StatusRuntimeException cause) {
		super("Flyte connection '" + config.name() + "' to " + config.endpoint() + ": Flyte does not answer: "
				+ SafeText.message(cause.getMessage()), cause);
		this.connection = config.name();
		this.endpoint = config.endpoint().toString();
		this.status = cause.getStatus();
	}

	/**
	 * Return the name of the connection.
	 * @return the name, {@code default} for the one that is injected
	 */
	public String getConnection() {
		return this.connection;
	}

	/**
	 * Return where Flyte was called.
	 * @return the endpoint as it is configured
	 */
	public String getEndpoint() {
		return this.endpoint;
	}

	/**
	 * Return how the call ended.
	 * @return the status, whose description never holds a secret
	 */
	public Status getStatus() {
		return this.status;
	}

}
