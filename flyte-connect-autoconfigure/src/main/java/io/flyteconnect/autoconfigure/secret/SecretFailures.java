package io.flyteconnect.autoconfigure.secret;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;
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
 *
 * @since 0.1.0
 */
public final class SecretFailures {

	private final Environment environment;

	/**
	 * Create an instance.
	 * @param environment the environment of the application
	 */
	public SecretFailures(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Analyze a failure.
	 * @param failure the outermost exception
	 * @return the analysis, or {@code null} if the failure is not about a secret
	 */
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		Explanation explanation = explain(failure);
		return (explanation != null) ? explanation.analysis(this.environment) : null;
	}

	private @Nullable Explanation explain(Throwable failure) {
		BindException binding = find(failure, BindException.class);
		PlaceholderResolutionException placeholder = find(failure, PlaceholderResolutionException.class);
		SecretException secret = find(failure, SecretException.class);
		if (secret == null && placeholder != null) {
			secret = missing(placeholder);
		}
		if (secret != null) {
			List<Detail> place = place(failure, binding, placeholder);
			return new Explanation(secret.getSummary(),
					Stream.concat(place.stream(), secret.getDetails().stream()).toList(), secret.getAction(), secret);
		}
		// A failure about a setting of Flyte explains itself.
		UnusableSecretException unusable = (binding != null
				&& find(binding, InvalidFlyteConfigurationException.class) == null) ? unusable(binding) : null;
		return (unusable != null) ? Explanation.of(unusable) : null;
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
		UnusableSecretException unusable = find(cause, UnusableSecretException.class);
		ConfigurationProperty property = cause.getProperty();
		if (unusable != null || property == null
				|| !new SecretPlaceholders(this.environment).isIn(property.getValue())) {
			return unusable;
		}
		return new UnusableSecretException(property.getName(), cause.getTarget().getType().toString());
	}

	private static <T> @Nullable T find(Throwable failure, Class<T> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

}
