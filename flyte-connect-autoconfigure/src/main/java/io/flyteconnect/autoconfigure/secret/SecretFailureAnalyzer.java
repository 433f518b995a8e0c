package io.flyteconnect.autoconfigure.secret;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

import io.flyteconnect.autoconfigure.secret.UnusableSecretException.Reason;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.origin.PropertyOrigin;
import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.SecretException;
import io.flyteconnect.secret.SecretNotFoundException;
import io.flyteconnect.secret.UnreadableSecretException;

/**
 * Explains a secret that cannot be had, also in a placeholder that has no value, as in
 * {@code @Value}; and one that a property cannot take, in place of Spring Boot's own
 * analyzer, which repeats the message of the conversion with the secret in it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecretFailureAnalyzer extends AbstractFailureAnalyzer<Throwable> {

	private final Environment environment;

	SecretFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, Throwable cause) {
		BindException binding = findCause(rootFailure, BindException.class);
		SecretException failure = findSecret(rootFailure);
		if (failure != null) {
			return unavailable(failure, place(rootFailure, binding));
		}
		// One of Flyte's settings is explained by what it is, and not by where it came
		// up.
		UnusableSecretException unusable = (binding != null
				&& findCause(binding, InvalidFlyteConfigurationException.class) == null) ? unusable(binding) : null;
		return (unusable != null) ? unusable(unusable) : null;
	}

	private @Nullable SecretException findSecret(Throwable failure) {
		SecretException found = findCause(failure, SecretException.class);
		PlaceholderResolutionException placeholder = findCause(failure, PlaceholderResolutionException.class);
		if (found != null || placeholder == null) {
			return found;
		}
		try {
			return SecretPlaceholders.missing(this.environment, placeholder.getPlaceholder());
		}
		catch (InvalidSecretNameException ex) {
			return ex;
		}
	}

	private String place(Throwable failure, @Nullable BindException binding) {
		if (binding != null) {
			return "\n    Property: " + binding.getName() + origin(binding.getName().toString());
		}
		PlaceholderResolutionException placeholder = findCause(failure, PlaceholderResolutionException.class);
		return (placeholder != null) ? new MissingPlaceholder(this.environment, failure, placeholder).describe() : "";
	}

	private FailureAnalysis unavailable(SecretException cause, String place) {
		StringBuilder description = new StringBuilder("A secret cannot be had:\n");
		description.append(place).append("\n    Reason: ").append(reason(cause));
		return new FailureAnalysis(description.toString(), action(cause), cause);
	}

	private String origin(String property) {
		String origin = PropertyOrigin.of(this.environment, property);
		return (origin != null) ? "\n    Origin: " + origin : "";
	}

	private static @Nullable String reason(SecretException cause) {
		if (cause instanceof SecretNotFoundException missing) {
			return missing.getReason() + ". Looked at:"
					+ missing.getPlaces().stream().map((place) -> "\n     - " + place).collect(Collectors.joining());
		}
		return cause.getMessage();
	}

	private static String action(SecretException cause) {
		if (cause instanceof SecretNotFoundException) {
			return "Let Flyte inject the secret, set one of these variables or write one of these files, or give the"
					+ " placeholder a default: ${flyte-secret.<group>.<key>:default}. Where Flyte puts secrets is"
					+ " configured by flyte.secrets.*.";
		}
		if (cause instanceof UnreadableSecretException unreadable) {
			return "Correct " + unreadable.getPlace()
					+ ", so that this process can read it as a text of at most 1 MiB.";
		}
		return "Correct the name of the secret.";
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

	// Does not name the cause, which is logged and may hold the secret.
	private FailureAnalysis unusable(UnusableSecretException unusable) {
		StringBuilder description = new StringBuilder("A secret cannot be used as it is:\n");
		for (Reason reason : unusable.getReasons()) {
			description.append("\n    Property: ")
				.append(reason.property())
				.append(origin(reason.property()))
				.append("\n    Reason: ")
				.append(reason.text())
				.append('\n');
		}
		return new FailureAnalysis(description.toString(),
				"Correct the secret that the property names, or the property.", unusable);
	}

}
