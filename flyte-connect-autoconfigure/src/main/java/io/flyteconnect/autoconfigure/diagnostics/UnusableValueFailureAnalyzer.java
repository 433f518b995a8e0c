package io.flyteconnect.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.PropertyLookup;
import io.flyteconnect.internal.config.UnusableValue;
import io.flyteconnect.secret.SecretException;

/**
 * Explains a value of {@code flyte.*} that cannot be converted, in place of Spring Boot's
 * own analyzers: those name types and converters, and not what would be taken. Works
 * without an environment, as there is none yet where one cannot be prepared.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class UnusableValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("flyte");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		boolean ofFlyte = PREFIX.equals(cause.getName()) || PREFIX.isAncestorOf(cause.getName());
		if (!ofFlyte || findCause(cause, InvalidFlyteConfigurationException.class) != null
				|| findCause(cause, SecretException.class) != null) {
			return null;
		}
		InvalidFlyteConfigurationException failure = UnusableValue.explain(cause, this::origin);
		return InvalidFlyteConfigurationFailureAnalyzer.analysis(failure, failure.getOrigin());
	}

	@Nullable String origin(String property) {
		return null;
	}

	/**
	 * The same where the environment is there: Spring does not say where a value stands
	 * that is in the place of settings below it.
	 */
	@Order(Ordered.HIGHEST_PRECEDENCE + 2)
	static class WithEnvironment extends UnusableValueFailureAnalyzer {

		private final Environment environment;

		WithEnvironment(Environment environment) {
			this.environment = environment;
		}

		@Override
		@Nullable String origin(String property) {
			return PropertyLookup.origin(this.environment, property);
		}

	}

}
