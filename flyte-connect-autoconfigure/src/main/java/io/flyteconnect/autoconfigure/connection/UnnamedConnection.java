package io.flyteconnect.autoconfigure.connection;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.container.ContainerImageMetadata;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.flyteconnect.autoconfigure.FlyteConnectionDetails;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.origin.PropertyLookup;

/**
 * The connection that {@code flyte.*} configures, and its beans.
 */
final class UnnamedConnection {

	/** Whose name an application may give to a bean of its own. */
	static final List<String> REPLACEABLE = List.of("flyteConnection", "flytePlatformConfig");

	private static final List<String> SETTINGS = List.of("flyte.platform.url", "flyte.platform.insecure",
			"flyte.api-key");

	private static final String ATTRIBUTE = UnnamedConnection.class.getName();

	private UnnamedConnection() {
	}

	/**
	 * Return whether a property or the Flyte file says where it goes. Credentials, a CA
	 * file or a proxy say nothing of that: they are there for connections that inherit
	 * them.
	 */
	static boolean isWritten(Environment environment) {
		return SETTINGS.stream().anyMatch((setting) -> PropertyLookup.isWritten(environment, setting));
	}

	/**
	 * Return whether anything says where it goes: a property, the Flyte file, a bean of
	 * the application, or details of a cluster that was started for it.
	 * @param askContainers whether a container can be asked which connection it stands in
	 * for, which makes it if it is a bean; each of them may stand in for this one
	 * otherwise
	 */
	static boolean isConfigured(Environment environment, ConfigurableListableBeanFactory beans, boolean askContainers) {
		return isWritten(environment)
				|| REPLACEABLE.stream()
					.anyMatch((name) -> beans.containsBeanDefinition(name) && !isOurs(beans.getBeanDefinition(name)))
				|| Stream.of(beans.getBeanNamesForType(FlyteConnectionDetails.class, true, false))
					.anyMatch((name) -> mayBeDetailsOfUnnamed(beans, name, askContainers));
	}

	// What is no object yet may be about any connection; that of a test is one.
	private static boolean mayBeDetailsOfUnnamed(ConfigurableListableBeanFactory beans, String name,
			boolean askContainers) {
		boolean known = beans.containsSingleton(name)
				|| (askContainers && ContainerImageMetadata.isPresent(beans.getBeanDefinition(name)));
		return !known || PlatformConfig.DEFAULT_NAME
			.equals(beans.getBean(name, FlyteConnectionDetails.class).connectionName());
	}

	/** Note that a bean, which the starter has registered, is of no use without it. */
	static void mark(BeanDefinition definition) {
		definition.setAttribute(ATTRIBUTE, true);
	}

	/** Remove its beans, but for those of the application. */
	static void remove(BeanDefinitionRegistry registry) {
		Stream.concat(Stream.of("flytePlatformConfig", "flyteConnection", "flyteUsers"), ofFlyte1())
			.filter((name) -> registry.containsBeanDefinition(name) && isOurs(registry.getBeanDefinition(name)))
			.forEach(registry::removeBeanDefinition);
		Stream.of(registry.getBeanDefinitionNames())
			.filter((name) -> registry.getBeanDefinition(name).hasAttribute(ATTRIBUTE))
			.forEach(registry::removeBeanDefinition);
	}

	/** Remove what calls Flyte 1, but for beans of the application. */
	static void removeOfFlyte1(BeanDefinitionRegistry registry) {
		ofFlyte1().filter((name) -> registry.containsBeanDefinition(name) && isOurs(registry.getBeanDefinition(name)))
			.forEach(registry::removeBeanDefinition);
	}

	private static Stream<String> ofFlyte1() {
		return Stream.concat(Stream.of("flyteAdminStub", "flyteExecutions"),
				GeneratedStub.ALL.stream().map(GeneratedStub::bean));
	}

	static boolean isOurs(BeanDefinition definition) {
		if (NamedBeans.isSupplied(definition)) {
			return NamedBeans.connection(definition) == null;
		}
		String declaring = "";
		if (definition instanceof AnnotatedBeanDefinition annotated && annotated.getFactoryMethodMetadata() != null) {
			declaring = annotated.getFactoryMethodMetadata().getDeclaringClassName();
		}
		// As it is where the application has been processed ahead of time.
		else if (definition instanceof RootBeanDefinition root && root.getResolvedFactoryMethod() != null) {
			declaring = root.getResolvedFactoryMethod().getDeclaringClass().getName();
		}
		return declaring.startsWith(ClassUtils.getPackageName(FlyteConnectionDetails.class) + ".");
	}

}
