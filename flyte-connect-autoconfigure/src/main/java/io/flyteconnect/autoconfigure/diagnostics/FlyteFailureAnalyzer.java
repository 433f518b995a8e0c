package io.flyteconnect.autoconfigure.diagnostics;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

import io.flyteconnect.ExplainedFailure;
import io.flyteconnect.autoconfigure.secret.SecretFailures;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.UnusableValue;
import io.flyteconnect.internal.config.origin.Explanation;
import io.flyteconnect.internal.config.origin.PropertyOrigin;

/**
 * Explains each failure of Flyte's configuration in the same way: what cannot be used,
 * where it is set, why, and what to do. An {@link ExplainedFailure} explains itself. For
 * what Spring throws, this takes the place of Spring Boot's own analyzers, which name
 * types and converters and not the values that would be accepted.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class FlyteFailureAnalyzer extends AbstractFailureAnalyzer<Throwable> {

	private static final List<ConfigurationPropertyName> PREFIXES = Stream.of("flyte", "management.health.flyte")
		.map(ConfigurationPropertyName::of)
		.toList();

	private final Environment environment;

	/**
	 * Create an analyzer.
	 * @param environment the environment, or {@code null} if it could not be prepared
	 */
	FlyteFailureAnalyzer(@Nullable Environment environment) {
		this.environment = (environment != null) ? environment : new StandardEnvironment();
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, Throwable cause) {
		FailureAnalysis secret = new SecretFailures(this.environment).analyze(rootFailure);
		if (secret != null) {
			return secret;
		}
		Explanation explanation = explain(rootFailure);
		return (explanation != null) ? explanation.analysis(this.environment) : null;
	}

	private @Nullable Explanation explain(Throwable failure) {
		Explanation explained = Explanation.innermost(failure);
		if (explained != null) {
			return explained;
		}
		BindException binding = findCause(failure, BindException.class);
		return (binding != null && isOfFlyte(binding)) ? Explanation.of(explain(binding))
				: DisabledFlyte.explain(failure, this.environment);
	}

	private static boolean isOfFlyte(BindException failure) {
		ConfigurationPropertyName name = failure.getName();
		return PREFIXES.stream().anyMatch((prefix) -> prefix.equals(name) || prefix.isAncestorOf(name));
	}

	private InvalidFlyteConfigurationException explain(BindException failure) {
		InvalidFlyteConfigurationException secretName = TextForSecretName.explain(failure);
		return (secretName != null) ? secretName
				: UnusableValue.explain(failure, (property) -> PropertyOrigin.of(this.environment, property));
	}

}
