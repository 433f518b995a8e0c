package io.flyteconnect.test.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

import io.flyteconnect.test.FlyteTest;

/**
 * Finds {@link FlyteTest} on test classes.
 */
class FlyteTestContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		// The nearest one of each connection comes first.
		Map<String, TestedConnection> connections = new LinkedHashMap<>();
		TestContextAnnotationUtils.getMergedRepeatableAnnotations(testClass, FlyteTest.class)
			.forEach(
					(annotation) -> connections.putIfAbsent(annotation.connection(), new TestedConnection(annotation)));
		return connections.isEmpty() ? null : new FlyteTestContextCustomizer(List.copyOf(connections.values()));
	}

}
