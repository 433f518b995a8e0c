package io.flyteconnect.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.flyteconnect.configfile.InvalidFlyteFileException;

/**
 * Explains an {@link InvalidFlyteFileException}.
 *
 * @author Flyte Connect
 */
class InvalidFlyteFileFailureAnalyzer extends AbstractFailureAnalyzer<InvalidFlyteFileException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidFlyteFileException cause) {
		return new FailureAnalysis("The Flyte file cannot be used:\n\n    File: " + cause.getLocation()
				+ "\n    Reason: " + cause.getReason(), cause.getAction(), cause);
	}

}
