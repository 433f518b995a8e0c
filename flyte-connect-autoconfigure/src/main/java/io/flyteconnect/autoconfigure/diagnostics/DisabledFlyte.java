package io.flyteconnect.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

import io.flyteconnect.autoconfigure.FlyteAuthorizedClientManagerConfiguration;
import io.flyteconnect.internal.config.origin.PropertyOrigin;

/**
 * Explains why there is no bean of Flyte to inject if {@code flyte.enabled} is false.
 */
final class DisabledFlyte {

	private static final String PROPERTY = "flyte.enabled";

	private DisabledFlyte() {
	}

	static @Nullable FailureAnalysis explain(Throwable failure, NoSuchBeanDefinitionException missing,
			Environment environment) {
		String place = place(failure);
		return (isOfFlyte(missing) && !Binder.get(environment).bind(PROPERTY, Boolean.class).orElse(true))
				? explain(place, missing, PropertyOrigin.of(environment, PROPERTY)) : null;
	}

	/**
	 * Say what needs a bean that is missing.
	 */
	static String place(Throwable failure) {
		String place = "something";
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnsatisfiedDependencyException unsatisfied && unsatisfied.getBeanName() != null) {
				place = "the bean '" + unsatisfied.getBeanName() + "'";
			}
		}
		return place;
	}

	private static boolean isOfFlyte(NoSuchBeanDefinitionException missing) {
		String type = type(missing);
		return type.startsWith("io.flyteconnect.") || type.startsWith("flyteidl.") || type.startsWith("com.flyteidl2.")
				|| String.valueOf(missing.getMessage()).contains(FlyteAuthorizedClientManagerConfiguration.BEAN_NAME);
	}

	private static String type(NoSuchBeanDefinitionException missing) {
		return (missing.getBeanType() != null) ? missing.getBeanType().getName() : "";
	}

	private static FailureAnalysis explain(String place, NoSuchBeanDefinitionException missing,
			@Nullable String origin) {
		String type = type(missing);
		return new FailureAnalysis(
				"Flyte is switched off, but " + place + " needs it:\n\n    Bean: "
						+ (type.isEmpty() ? missing.getBeanName() : type) + "\n    Property: " + PROPERTY + " is false"
						+ ((origin != null) ? "\n    Origin: " + origin : ""),
				"Remove " + PROPERTY + " or set it to true, or inject an ObjectProvider where the application is to"
						+ " start without Flyte.",
				missing);
	}

}
