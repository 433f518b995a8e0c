package io.flyteconnect.testsupport.hints;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * The hints that an application has which is processed ahead of time: those of all
 * registrars on the class path, and those that Spring Boot gives for beans of properties.
 */
final class KnownHints {

	private KnownHints() {
	}

	static RuntimeHints all() {
		ClassLoader loader = KnownHints.class.getClassLoader();
		RuntimeHints hints = new RuntimeHints();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories", loader)
			.load(RuntimeHintsRegistrar.class)
			.forEach((registrar) -> registrar.registerHints(hints, loader));
		ClassPathScanningCandidateComponentProvider properties = new ClassPathScanningCandidateComponentProvider(false);
		properties.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		properties.findCandidateComponents("io.flyteconnect")
			.forEach((type) -> BindableRuntimeHintsRegistrar
				.forTypes(ClassUtils.resolveClassName(String.valueOf(type.getBeanClassName()), loader))
				.registerHints(hints, loader));
		return hints;
	}

}
