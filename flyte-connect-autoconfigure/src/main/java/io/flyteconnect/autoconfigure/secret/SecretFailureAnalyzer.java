package io.flyteconnect.autoconfigure.secret;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.flyteconnect.internal.config.PropertyLookup;
import io.flyteconnect.secret.SecretException;
import io.flyteconnect.secret.SecretNotFoundException;
import io.flyteconnect.secret.UnreadableSecretException;

/**
 * Explains a {@link SecretException}, and which property asked for the secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecretFailureAnalyzer extends AbstractFailureAnalyzer<SecretException> {

	private final Environment environment;

	SecretFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SecretException cause) {
		BindException binding = findCause(rootFailure, BindException.class);
		return analysis(cause, (binding != null) ? binding.getName().toString() : null);
	}

	FailureAnalysis analysis(SecretException cause, @Nullable String property) {
		StringBuilder description = new StringBuilder("A secret cannot be had:\n");
		if (property != null) {
			description.append("\n    Property: ").append(property);
			String origin = PropertyLookup.origin(this.environment, property);
			description.append((origin != null) ? "\n    Origin: " + origin : "");
		}
		description.append("\n    Reason: ").append(reason(cause));
		return new FailureAnalysis(description.toString(), action(cause), cause);
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

}
