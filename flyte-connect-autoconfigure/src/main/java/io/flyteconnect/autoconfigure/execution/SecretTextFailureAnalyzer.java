package io.flyteconnect.autoconfigure.execution;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.flyteconnect.internal.config.PropertyLookup;

/**
 * Explains a text where the name of a secret is wanted, in place of Spring Boot's own
 * analyzer: that one shows the text, which may well be the secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecretTextFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private final Environment environment;

	SecretTextFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		ResolvableType type = cause.getTarget().getType();
		boolean named = isSecretName(type) || isSecretName(type.asCollection().getGeneric());
		if (!named || cause.getCause() instanceof UnboundConfigurationPropertiesException) {
			return null;
		}
		String property = cause.getName().toString();
		String origin = PropertyLookup.origin(this.environment, property);
		String name = property + (isSecretName(type) ? "" : "[0]");
		return new FailureAnalysis(
				"The configuration of Flyte cannot be used:\n\n    Property: " + property
						+ ((origin != null) ? "\n    Origin: " + origin : "")
						+ "\n    Reason: It is a text, where the name of a secret is wanted.",
				"Set " + name + ".group and " + name + ".key to where Flyte finds the secret."
						+ " The secret itself belongs to Flyte's secret manager alone.",
				cause);
	}

	private static boolean isSecretName(ResolvableType type) {
		return type.resolve() == FlyteExecutionProperties.SecretName.class;
	}

}
