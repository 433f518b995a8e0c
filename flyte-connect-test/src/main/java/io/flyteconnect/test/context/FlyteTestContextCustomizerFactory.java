package io.flyteconnect.test.context;

import java.util.List;

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
		FlyteTest annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, FlyteTest.class);
		return (annotation != null)
				? new FlyteTestContextCustomizer(annotation.tls(), annotation.auth(), annotation.sampleData()) : null;
	}

}
