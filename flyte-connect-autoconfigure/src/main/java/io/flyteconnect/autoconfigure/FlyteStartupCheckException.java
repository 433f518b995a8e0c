package io.flyteconnect.autoconfigure;

import java.util.List;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import io.flyteconnect.ExplainedFailure;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.text.SafeText;

/**
 * Thrown when {@code flyte.startup-check=fail} is set and Flyte does not answer while the
 * application starts.
 *
 * @since 0.1.0
 */
public final class FlyteStartupCheckException extends RuntimeException implements ExplainedFailure {

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
	 * Return the endpoint of the call.
	 * @return the endpoint as it is configured
	 */
	public String getEndpoint() {
		return this.endpoint;
	}

	/**
	 * Return the status of the call.
	 * @return the status, whose description never holds a secret
	 */
	public Status getStatus() {
		return this.status;
	}

	@Override
	public String getSummary() {
		return "Flyte does not answer, and flyte.startup-check=fail makes its answer a condition of the start";
	}

	@Override
	public List<Detail> getDetails() {
		return List.of(new Detail("Connection", this.connection), new Detail("Endpoint", this.endpoint),
				new Detail("Status", this.status.getCode().toString()),
				new Detail(Detail.REASON, SafeText.message(this.status.getDescription())));
	}

	@Override
	public String getAction() {
		return remedy() + ", or set flyte.startup-check to warn or none, so that the application starts without Flyte.";
	}

	private String remedy() {
		return switch (this.status.getCode()) {
			case UNAUTHENTICATED, PERMISSION_DENIED ->
				"Correct flyte.credentials.*, so that the server accepts the login";
			case UNIMPLEMENTED -> "Correct flyte.platform.url: what answers there is not Flyte Admin";
			default -> "Start Flyte, or correct flyte.platform.*";
		};
	}

}
