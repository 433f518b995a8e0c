package io.flyteconnect.autoconfigure.secret;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.PlaceholderResolutionException;

import io.flyteconnect.ExplainedFailure.Detail;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.origin.Explanation;
import io.flyteconnect.internal.config.origin.PropertyOrigin;
import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.SecretException;

/**
 * Explains that a secret is missing or unreadable, also for a placeholder without a
 * value, such as one of an {@code @Value}. Explains that a secret cannot be converted to
 * the type of a property, without the message of the conversion, which contains the
 * secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecretFailureAnalyzer extends AbstractFailureAnalyzer<Throwable> {

	private final Environment environment;

	SecretFailureAnalyzer(@Nullable Environment environment) {
		this.environment = (environment != null) ? environment : new StandardEnvironment();
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, Throwable cause) {
		BindException binding = findCause(rootFailure, BindException.class);
		PlaceholderResolutionException placeholder = findCause(rootFailure, PlaceholderResolutionException.class);
		SecretException secret = findCause(rootFailure, SecretException.class);
		if (secret == null && placeholder != null) {
			secret = missing(placeholder);
		}
		if (secret != null) {
			return Explanation.of(secret, place(rootFailure, binding, placeholder), this.environment);
		}
		// A failure about a setting of Flyte explains itself.
		UnusableSecretException unusable = (binding != null
				&& findCause(binding, InvalidFlyteConfigurationException.class) == null) ? unusable(binding) : null;
		return (unusable != null) ? Explanation.of(unusable, this.environment) : null;
	}

	private @Nullable SecretException missing(PlaceholderResolutionException placeholder) {
		try {
			return SecretPlaceholders.missing(this.environment, placeholder.getPlaceholder());
		}
		catch (InvalidSecretNameException ex) {
			return ex;
		}
	}

	private List<Detail> place(Throwable failure, @Nullable BindException binding,
			@Nullable PlaceholderResolutionException placeholder) {
		if (binding != null) {
			ConfigurationProperty property = binding.getProperty();
			return List.of(new Detail(Detail.PROPERTY, binding.getName().toString()), new Detail(Detail.ORIGIN,
					(property != null) ? PropertyOrigin.describe(property.getOrigin()) : null));
		}
		return (placeholder != null) ? new MissingPlaceholder(this.environment, failure, placeholder).place()
				: List.of();
	}

	// The exception has no cause, which would be logged and may contain the secret.
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
