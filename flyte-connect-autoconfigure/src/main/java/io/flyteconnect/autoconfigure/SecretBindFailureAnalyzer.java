package io.flyteconnect.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PropertyLookup;
import io.flyteconnect.secret.SecretException;

/**
 * Explains a secret that a property cannot take, in place of Spring Boot's own analyzer:
 * that one repeats the message of the conversion, which holds the secret.
 *
 * @author Flyte Connect
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class SecretBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private final Environment environment;

	SecretBindFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		ConfigurationProperty property = cause.getProperty();
		if (findCause(cause, InvalidFlyteConfigurationException.class) != null
				|| findCause(cause, SecretException.class) != null) {
			// Explained by what it is, and not by where it came up.
			return null;
		}
		if (property == null || !new SecretPlaceholders(this.environment).isIn(property.getValue())) {
			return null;
		}
		String origin = PropertyLookup.origin(this.environment, property.getName().toString());
		return new FailureAnalysis(
				"A secret cannot be used as it is:\n\n    Property: " + property.getName()
						+ ((origin != null) ? "\n    Origin: " + origin : "") + "\n    Reason: Its value is no "
						+ cause.getTarget().getType() + ". It is not shown, as it is a secret.",
				"Correct the secret that the property names, or the property.", cause);
	}

}
