package io.flyteconnect.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.core.ResolvableType;

import io.flyteconnect.autoconfigure.execution.FlyteExecutionProperties.SecretName;
import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * Explains that a property has a text instead of the name of a secret. Does not show the
 * text, which may be the secret.
 */
final class TextForSecretName {

	private TextForSecretName() {
	}

	static @Nullable InvalidFlyteConfigurationException explain(BindException failure) {
		ResolvableType type = failure.getTarget().getType();
		boolean one = isSecretName(type);
		if (!one && !isSecretName(type.asCollection().getGeneric())
				|| failure.getCause() instanceof UnboundConfigurationPropertiesException) {
			return null;
		}
		String property = failure.getName().toString();
		String name = property + (one ? "" : "[0]");
		return new InvalidFlyteConfigurationException(property, null,
				"It is a text, where the name of a secret is wanted.",
				"Set " + name + ".group and " + name + ".key to where Flyte finds the secret."
						+ " The secret itself belongs to Flyte's secret manager alone.",
				null);
	}

	private static boolean isSecretName(ResolvableType type) {
		return type.resolve() == SecretName.class;
	}

}
