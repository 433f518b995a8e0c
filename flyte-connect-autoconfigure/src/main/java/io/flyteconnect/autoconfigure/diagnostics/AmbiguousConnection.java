package io.flyteconnect.autoconfigure.diagnostics;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.flyteconnect.autoconfigure.connection.NamedBeans;

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
		String type = String.valueOf(cause.getBeanType());
		boolean ambiguous = cause instanceof NoUniqueBeanDefinitionException;
		return new FailureAnalysis(place(rootFailure) + " needs a bean of one Flyte connection, but "
				+ (ambiguous ? "does not say which" : "of none that is there") + ":\n\n    Type: "
				+ type.replaceFirst("^(?:class|interface) ", "") + "\n    Connections: " + String.join(", ", names),
				"Write " + String.join(" or ", names.stream().map((name) -> "@Qualifier(\"" + name + "\")").toList())
						+ " where it is injected"
						+ (ambiguous ? ", or set flyte.primary to the one that is injected where none is named" : "")
						+ ".",
				cause);
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
