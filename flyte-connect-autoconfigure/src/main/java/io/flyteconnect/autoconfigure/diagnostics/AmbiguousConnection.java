package io.flyteconnect.autoconfigure.diagnostics;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.StringUtils;

import io.flyteconnect.autoconfigure.connection.NamedBeans;
import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.internal.text.SafeText;

/**
 * Explains an injection that names no connection, or an unknown one, although the
 * connections have names. Lists the names, in place of the beans that Spring Boot's own
 * analyzer lists.
 */
final class AmbiguousConnection {

	private AmbiguousConnection() {
	}

	static @Nullable FailureAnalysis explain(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable BeanFactory beanFactory) {
		List<String> names = (beanFactory instanceof ConfigurableListableBeanFactory beans)
				? names(beans, cause.getBeanType()) : List.of();
		if (names.isEmpty()) {
			return null;
		}
		String where = "\n\n    Type: " + String.valueOf(cause.getBeanType()).replaceFirst("^(?:class|interface) ", "")
				+ "\n    Connections: " + String.join(", ", names);
		String action = "Write "
				+ String.join(" or ", names.stream().map((name) -> "@Qualifier(\"" + name + "\")").toList())
				+ " where it is injected";
		if (cause instanceof NoUniqueBeanDefinitionException) {
			return new FailureAnalysis(
					place(rootFailure) + " needs a bean of one Flyte connection, but does not say which:" + where,
					action + ", or set flyte.primary to the one that is injected where none is named.", cause);
		}
		String qualifier = qualifier(rootFailure);
		if (qualifier == null) {
			return new FailureAnalysis(
					place(rootFailure) + " needs a bean of one Flyte connection, but of none that is there:" + where,
					action + ".", cause);
		}
		String hint = NearName.hint(qualifier, names);
		return new FailureAnalysis(place(rootFailure) + " asks for @Qualifier(\"" + SafeText.of(qualifier)
				+ "\"), but there is no Flyte connection of this name" + hint + where, action + ".", cause);
	}

	private static @Nullable String qualifier(Throwable rootFailure) {
		String qualifier = null;
		for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
			if (failure instanceof UnsatisfiedDependencyException unsatisfied) {
				InjectionPoint point = unsatisfied.getInjectionPoint();
				qualifier = (point != null) ? MergedAnnotations.from(point.getAnnotations())
					.get(Qualifier.class)
					.getValue("value", String.class)
					.orElse(null) : null;
			}
		}
		return StringUtils.hasText(qualifier) ? qualifier : null;
	}

	private static List<String> names(ConfigurableListableBeanFactory beans, @Nullable Class<?> type) {
		if (type == null) {
			return List.of();
		}
		return List.copyOf(new TreeSet<>(Stream.of(beans.getBeanNamesForType(type, true, false))
			.filter(beans::containsBeanDefinition)
			.map((name) -> NamedBeans.connection(beans.getBeanDefinition(name)))
			.filter((name) -> name != null)
			.toList()));
	}

	private static String place(Throwable rootFailure) {
		String place = "The application";
		for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
			if (failure instanceof UnsatisfiedDependencyException unsatisfied && unsatisfied.getBeanName() != null) {
				place = "The bean '" + unsatisfied.getBeanName() + "'";
			}
		}
		return place;
	}

}
