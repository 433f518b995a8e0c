package io.flyteconnect.test;

import java.lang.reflect.Field;
import java.util.List;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Says so where a {@link FlyteTest} is no test of Spring, in place of fields that are
 * {@code null}.
 */
class SpringContextCheck implements BeforeAllCallback {

	@Override
	public void beforeAll(ExtensionContext context) {
		Class<?> testClass = context.getRequiredTestClass();
		for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
			if (hasSpring(type)) {
				return;
			}
		}
		throw new ExtensionConfigurationException("@FlyteTest on " + testClass.getName()
				+ " connects nothing, since the test has no application context of Spring: add @SpringBootTest, or"
				+ " @SpringJUnitConfig with a configuration; without Spring use FlyteTestServer.start()");
	}

	private static boolean hasSpring(Class<?> type) {
		boolean extended = AnnotationSupport.findRepeatableAnnotations(type, ExtendWith.class)
			.stream()
			.flatMap((annotation) -> List.of(annotation.value()).stream())
			.anyMatch(SpringExtension.class::isAssignableFrom);
		return extended || AnnotationSupport.findAnnotatedFields(type, RegisterExtension.class)
			.stream()
			.map(Field::getType)
			.anyMatch(SpringExtension.class::isAssignableFrom);
	}

}
