package io.flyteconnect.autoconfigure.secret;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

import io.flyteconnect.secret.SecretNotFoundException;

/**
 * Explains a placeholder without a value that names a secret, as in {@code @Value}: which
 * places have been looked at.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MissingSecretFailureAnalyzer extends AbstractFailureAnalyzer<PlaceholderResolutionException> {

	private final Environment environment;

	MissingSecretFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PlaceholderResolutionException cause) {
		String name = cause.getPlaceholder();
		if (!SecretPropertyName.matches(name) || !(this.environment instanceof ConfigurableEnvironment configurable)) {
			return null;
		}
		SecretNotFoundException missing = FlyteSecretPropertySource.missing(configurable, name);
		return (missing != null) ? new SecretFailureAnalyzer(this.environment).analysis(missing, null) : null;
	}

}
