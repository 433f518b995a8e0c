package io.flyteconnect.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.flyteconnect.autoconfigure.FlyteAuthorizedClientManagerConfiguration;
import io.flyteconnect.internal.config.origin.PropertyOrigin;

/**
 * Explains why there is nothing of Flyte to inject where {@code flyte.enabled} switches
 * it off, in place of Spring Boot's own analyzer, which knows of no property.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class DisabledFlyteFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final String PROPERTY = "flyte.enabled";

	private final Environment environment;

	DisabledFlyteFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		String type = (cause.getBeanType() != null) ? cause.getBeanType().getName() : "";
		boolean ofFlyte = type.startsWith("io.flyteconnect.") || type.startsWith("flyteidl.")
				|| String.valueOf(cause.getMessage()).contains(FlyteAuthorizedClientManagerConfiguration.BEAN_NAME);
		if (!ofFlyte || Binder.get(this.environment).bind(PROPERTY, Boolean.class).orElse(true)) {
			return null;
		}
		String origin = PropertyOrigin.of(this.environment, PROPERTY);
		return new FailureAnalysis(
				"Flyte is switched off, but " + place(rootFailure) + " needs it:\n\n    Bean: "
						+ (type.isEmpty() ? cause.getBeanName() : type) + "\n    Property: " + PROPERTY + " is false"
						+ ((origin != null) ? "\n    Origin: " + origin : ""),
				"Remove " + PROPERTY + " or set it to true, or inject an ObjectProvider where the application is to"
						+ " start without Flyte.",
				cause);
	}

	private static String place(Throwable rootFailure) {
		String place = "something";
		for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
			if (failure instanceof UnsatisfiedDependencyException unsatisfied && unsatisfied.getBeanName() != null) {
				place = "the bean '" + unsatisfied.getBeanName() + "'";
			}
		}
		return place;
	}

}
