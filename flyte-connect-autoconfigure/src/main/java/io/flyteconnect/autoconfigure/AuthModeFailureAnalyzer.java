package io.flyteconnect.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PropertyLookup;

/**
 * Explains a mode of login that does not exist, in place of Spring Boot's own analyzer:
 * that one lists the names of the enum, where other words are accepted, too.
 *
 * @author Flyte Connect
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class AuthModeFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private final Environment environment;

	AuthModeFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (cause.getTarget().getType().resolve() != AuthMode.class) {
			return null;
		}
		String property = cause.getName().toString();
		String origin = PropertyLookup.origin(this.environment, property);
		String description = "The configuration of Flyte cannot be used:\n\n    Property: " + property
				+ ((origin != null) ? "\n    Origin: " + origin : "") + "\n    Reason: "
				+ NestedExceptionUtils.getMostSpecificCause(cause).getMessage();
		return new FailureAnalysis(description, "Set " + property + " to one of "
				+ String.join(", ", AuthMode.allWords()) + " (admin.authType in Flyte's own file).", cause);
	}

}
