package io.flyteconnect.autoconfigure.diagnostics;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

import io.flyteconnect.ExplainedFailure;
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
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class FlyteFailureAnalyzer extends AbstractFailureAnalyzer<Throwable> {

	private static final List<ConfigurationPropertyName> PREFIXES = Stream.of("flyte", "management.health.flyte")
		.map(ConfigurationPropertyName::of)
		.toList();

	private final Environment environment;

	private final @Nullable BeanFactory beans;

	/**
	 * Create an analyzer.
	 * @param environment the environment, or {@code null} if it could not be prepared
	 * @param beans the beans, or {@code null} if there are none yet
	 */
	FlyteFailureAnalyzer(@Nullable Environment environment, @Nullable BeanFactory beans) {
		this.beans = beans;
		this.environment = (environment != null) ? environment : new StandardEnvironment();
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, Throwable cause) {
		FailureAnalysis innermost = null;
		for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
			if (failure instanceof ExplainedFailure explained) {
				innermost = Explanation.of(explained, failure, List.of(), this.environment);
			}
		}
		if (innermost != null) {
			return innermost;
		}
		BindException binding = findCause(rootFailure, BindException.class);
		if (binding != null && isOfFlyte(binding)) {
			return Explanation.of(explain(binding), this.environment);
		}
		NoSuchBeanDefinitionException missing = findCause(rootFailure, NoSuchBeanDefinitionException.class);
		return (missing != null) ? explain(rootFailure, missing) : null;
	}

	private @Nullable FailureAnalysis explain(Throwable failure, NoSuchBeanDefinitionException missing) {
		FailureAnalysis disabled = DisabledFlyte.explain(failure, missing, this.environment);
		if (disabled != null) {
			return disabled;
		}
		FailureAnalysis ambiguous = AmbiguousConnection.explain(failure, missing, this.beans);
		return (ambiguous != null) ? ambiguous : OtherApi.explain(failure, missing, this.environment);
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
