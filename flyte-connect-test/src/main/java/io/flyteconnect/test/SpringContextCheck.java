package io.flyteconnect.test;

import java.lang.reflect.Field;
import java.util.List;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Says so where a {@link FlyteTest} is no test of Spring, in place of fields that are
 * {@code null}, and where a field does not say whose server it is.
 */
class SpringContextCheck implements BeforeAllCallback {

	@Override
	public void beforeAll(ExtensionContext context) {
		Class<?> testClass = context.getRequiredTestClass();
		for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
			if (hasSpring(type)) {
				checkFields(testClass);
				return;
			}
		}
		throw new ExtensionConfigurationException("@FlyteTest on " + testClass.getName()
				+ " connects nothing, since the test has no application context of Spring: add @SpringBootTest, or"
				+ " @SpringJUnitConfig with a configuration; without Spring use FlyteTestServer.start()");
	}

	// Spring's own message would list beans that the test has never heard of.
	private static void checkFields(Class<?> testClass) {
		List<String> names = TestContextAnnotationUtils.getMergedRepeatableAnnotations(testClass, FlyteTest.class)
			.stream()
			.map(FlyteTest::connection)
			.toList();
		if (names.size() < 2 || names.stream().anyMatch((name) -> name.isEmpty() || name.equals("default"))) {
			return;
		}
		for (Field field : AnnotationSupport.findAnnotatedFields(testClass, Autowired.class)) {
			if (field.getType() == FlyteTestServer.class && !AnnotationSupport.isAnnotated(field, Qualifier.class)
					&& names.stream().noneMatch((name) -> field.getName().equals(name + "FlyteTestServer"))) {
				throw new ExtensionConfigurationException(
						"@FlyteTest stands in for several connections, and the field '" + field.getName() + "' of "
								+ field.getDeclaringClass().getName()
								+ " does not say whose server it is: add @Qualifier with one of "
								+ String.join(", ", names));
			}
		}
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
