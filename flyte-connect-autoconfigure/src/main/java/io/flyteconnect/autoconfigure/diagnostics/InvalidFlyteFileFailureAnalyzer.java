package io.flyteconnect.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.flyteconnect.internal.configfile.InvalidFlyteFileException;

/**
 * Explains an {@link InvalidFlyteFileException}.
 */
class InvalidFlyteFileFailureAnalyzer extends AbstractFailureAnalyzer<InvalidFlyteFileException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidFlyteFileException cause) {
		return new FailureAnalysis("The Flyte file cannot be used:\n\n    File: " + cause.getLocation()
				+ "\n    Reason: " + cause.getReason(), cause.getAction(), cause);
	}

}
