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
import io.flyteconnect.internal.config.UnusableValue;
import io.flyteconnect.internal.config.origin.PropertyOrigin;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;
import io.flyteconnect.secret.SecretException;

/**
 * Explains each setting that cannot be used in the same way: which one, where it is set,
 * why, and what to do. Takes the place of Spring Boot's own analyzers, which name types
 * and converters and not what would be taken. There is no environment yet where one
 * cannot be prepared.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class SettingFailureAnalyzer extends AbstractFailureAnalyzer<Throwable> {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("flyte");

	private final @Nullable Environment environment;

	SettingFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, Throwable cause) {
		InvalidFlyteConfigurationException setting = findCause(rootFailure, InvalidFlyteConfigurationException.class);
		if (setting != null) {
			return analysis(setting);
		}
		InvalidFlyteFileException file = findCause(rootFailure, InvalidFlyteFileException.class);
		if (file != null) {
			return new FailureAnalysis("The Flyte file cannot be used:\n\n    File: " + file.getLocation()
					+ "\n    Reason: " + file.getReason(), file.getAction(), file);
		}
		BindException binding = findCause(rootFailure, BindException.class);
		return (binding != null && isOfFlyte(binding) && findCause(binding, SecretException.class) == null)
				? analysis(explain(binding)) : null;
	}

	private InvalidFlyteConfigurationException explain(BindException failure) {
		InvalidFlyteConfigurationException secretName = TextForSecretName.explain(failure);
		return (secretName != null) ? secretName : UnusableValue.explain(failure, this::origin);
	}

	private static boolean isOfFlyte(BindException failure) {
		return PREFIX.equals(failure.getName()) || PREFIX.isAncestorOf(failure.getName());
	}

	private FailureAnalysis analysis(InvalidFlyteConfigurationException failure) {
		String origin = (failure.getOrigin() != null) ? failure.getOrigin() : origin(failure.getProperty());
		StringBuilder description = new StringBuilder("The configuration of Flyte cannot be used:\n\n");
		description.append("    Property: ").append(failure.getProperty());
		if (origin != null) {
			description.append("\n    Origin: ").append(origin);
		}
		description.append("\n    Reason: ").append(failure.getReason());
		return new FailureAnalysis(description.toString(), failure.getAction(), failure);
	}

	private @Nullable String origin(String property) {
		return (this.environment != null) ? PropertyOrigin.of(this.environment, property) : null;
	}

}
