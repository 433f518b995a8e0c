package io.flyteconnect.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.PropertyLookup;

/**
 * Explains an {@link InvalidFlyteConfigurationException}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidFlyteConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidFlyteConfigurationException> {

	private final Environment environment;

	InvalidFlyteConfigurationFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidFlyteConfigurationException cause) {
		return analysis(cause, (cause.getOrigin() != null) ? cause.getOrigin()
				: PropertyLookup.origin(this.environment, cause.getProperty()));
	}

	static FailureAnalysis analysis(InvalidFlyteConfigurationException failure, @Nullable String origin) {
		StringBuilder description = new StringBuilder("The configuration of Flyte cannot be used:\n\n");
		description.append("    Property: ").append(failure.getProperty());
		if (origin != null) {
			description.append("\n    Origin: ").append(origin);
		}
		description.append("\n    Reason: ").append(failure.getReason());
		return new FailureAnalysis(description.toString(), failure.getAction(), failure);
	}

}
