package io.flyteconnect.autoconfigure.diagnostics;

import io.grpc.Status;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.flyteconnect.autoconfigure.FlyteStartupCheckException;
import io.flyteconnect.internal.text.SafeText;

/**
 * Explains a {@link FlyteStartupCheckException}.
 */
public class FlyteStartupCheckFailureAnalyzer extends AbstractFailureAnalyzer<FlyteStartupCheckException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, FlyteStartupCheckException cause) {
		Status status = cause.getStatus();
		String description = "Flyte does not answer, and flyte.startup-check=fail makes its answer a condition of the"
				+ " start:\n\n    Connection: " + cause.getConnection() + "\n    Endpoint: " + cause.getEndpoint()
				+ "\n    Status: " + status.getCode() + "\n    Reason: " + SafeText.message(status.getDescription());
		return new FailureAnalysis(description,
				remedy(status.getCode())
						+ ", or set flyte.startup-check to warn or none, so that the application starts without Flyte.",
				cause);
	}

	private static String remedy(Status.Code code) {
		return switch (code) {
			case UNAUTHENTICATED, PERMISSION_DENIED ->
				"Correct flyte.credentials.*, so that the server accepts the login";
			case UNIMPLEMENTED -> "Correct flyte.platform.url: what answers there is not Flyte Admin";
			default -> "Start Flyte, or correct flyte.platform.*";
		};
	}

}
