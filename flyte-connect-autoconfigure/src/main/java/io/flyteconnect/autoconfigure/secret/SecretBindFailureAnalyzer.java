package io.flyteconnect.autoconfigure.secret;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.flyteconnect.autoconfigure.secret.UnusableSecretException.Reason;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.PropertyLookup;
import io.flyteconnect.secret.SecretException;

/**
 * Explains a secret that a property cannot take, in place of Spring Boot's own analyzer:
 * that one repeats the message of the conversion, which holds the secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class SecretBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private final Environment environment;

	SecretBindFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (findCause(cause, InvalidFlyteConfigurationException.class) != null
				|| findCause(cause, SecretException.class) != null) {
			// Explained by what it is, and not by where it came up.
			return null;
		}
		UnusableSecretException unusable = unusable(cause);
		if (unusable == null) {
			return null;
		}
		StringBuilder description = new StringBuilder("A secret cannot be used as it is:\n");
		for (Reason reason : unusable.getReasons()) {
			String origin = PropertyLookup.origin(this.environment, reason.property());
			description.append("\n    Property: ").append(reason.property());
			description.append((origin != null) ? "\n    Origin: " + origin : "");
			description.append("\n    Reason: ").append(reason.text()).append('\n');
		}
		// Not the cause, which is logged and may hold the secret.
		return new FailureAnalysis(description.toString(),
				"Correct the secret that the property names, or the property.", unusable);
	}

	private @Nullable UnusableSecretException unusable(BindException cause) {
		UnusableSecretException unusable = findCause(cause, UnusableSecretException.class);
		ConfigurationProperty property = cause.getProperty();
		if (unusable != null || property == null
				|| !new SecretPlaceholders(this.environment).isIn(property.getValue())) {
			return unusable;
		}
		return new UnusableSecretException(property.getName(), cause.getTarget().getType().toString());
	}

}
