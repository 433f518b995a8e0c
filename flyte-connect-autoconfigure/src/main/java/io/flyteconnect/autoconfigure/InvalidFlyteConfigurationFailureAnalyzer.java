package io.flyteconnect.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * Explains an {@link InvalidFlyteConfigurationException}.
 *
 * @author Flyte Connect
 */
class InvalidFlyteConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidFlyteConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidFlyteConfigurationException cause) {
		StringBuilder description = new StringBuilder("The configuration of Flyte cannot be used:\n\n");
		description.append("    Property: ").append(cause.getProperty());
		if (cause.getOrigin() != null) {
			description.append("\n    Origin: ").append(cause.getOrigin());
		}
		description.append("\n    Reason: ").append(cause.getReason());
		return new FailureAnalysis(description.toString(), cause.getAction(), cause);
	}

}
