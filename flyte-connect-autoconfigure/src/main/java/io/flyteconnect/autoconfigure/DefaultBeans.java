package io.flyteconnect.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.grpc.stub.AbstractStub;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.GrpcClientFactory;
import org.springframework.util.ClassUtils;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.identity.FlyteUsers;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.config.origin.PropertyOrigin;

/**
 * Keeps the configured connection, and what is made of it, the ones that are injected by
 * type where the application defines further beans of these types, unless it marks one of
 * its own as primary. Says what happens.
 */
class DefaultBeans implements BeanFactoryPostProcessor, Ordered {

	private static final Set<Class<?>> TYPES = Set.of(PlatformConfig.class, FlyteConnection.class, FlyteAdminStub.class,
			FlyteExecutions.class, FlyteUsers.class);

	/** Whose name an application may give to a bean of its own. */
	private static final List<String> REPLACEABLE = List.of("flyteConnection", "flytePlatformConfig");

	private static final Log logger = LogFactory.getLog(DefaultBeans.class);

	private final Environment environment;

	DefaultBeans(Environment environment) {
		this.environment = environment;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		sayReplaced(beans);
		ofConnection(beans).forEach((name, type) -> {
			List<String> others = Stream.of(beans.getBeanNamesForType(type, true, false))
				.filter((other) -> !other.equals(name) && beans.containsBeanDefinition(other)
						&& isCandidate(beans.getBeanDefinition(other)))
				.toList();
			if (!others.isEmpty()) {
				choose(beans, name, withArticle(ClassUtils.getShortName(type)), others);
			}
		});
	}

	private void sayReplaced(ConfigurableListableBeanFactory beans) {
		String settings = Stream.of("flyte.platform.url", "flyte.api-key")
			.filter((property) -> PropertyLookup.isWritten(this.environment, property))
			.map((property) -> property + " (" + PropertyOrigin.of(this.environment, property) + ")")
			.collect(Collectors.joining(" and "));
		REPLACEABLE.stream()
			.filter((name) -> !settings.isEmpty() && beans.containsBeanDefinition(name)
					&& !isOurs(beans.getBeanDefinition(name)))
			.forEach((name) -> logger.info("The bean '" + name + "' of the application takes the place of the one that"
					+ " would be made of " + settings));
	}

	private static void choose(ConfigurableListableBeanFactory beans, String name, String type, List<String> others) {
		String primary = others.stream()
			.filter((other) -> beans.getBeanDefinition(other).isPrimary())
			.findFirst()
			.orElse(null);
		if (primary != null) {
			logger.info(type + " is injected as the bean '" + primary + "', which is primary; that of the"
					+ " configured Flyte connection is the bean '" + name + "'");
			return;
		}
		String imported = others.stream()
			.filter((other) -> isImportedClient(beans.getBeanDefinition(other)))
			.findFirst()
			.orElse(null);
		if (imported != null) {
			beans.getBeanDefinition(name).setFallback(true);
			logger.info(type + " is injected as the bean '" + imported + "', the application's own gRPC client;"
					+ " that of the configured Flyte connection is the bean '" + name + "'");
			return;
		}
		beans.getBeanDefinition(name).setPrimary(true);
		logger.info(type + " is injected as the bean '" + name + "', that of the configured Flyte connection;"
				+ " there is also " + String.join(", ", others.stream().map((other) -> "'" + other + "'").toList())
				+ " (inject it by @Qualifier, mark it as @Primary, or name it '" + name
				+ "' to take the place of the configured one)");
	}

	private static String withArticle(String type) {
		return (("AEIOU".indexOf(type.charAt(0)) >= 0) ? "An " : "A ") + type;
	}

	private static boolean isCandidate(BeanDefinition definition) {
		return definition.isAutowireCandidate() && !definition.isFallback();
	}

	/** A stub of {@code @ImportGrpcClients}: the application has named its channel. */
	private static boolean isImportedClient(BeanDefinition definition) {
		return GrpcClientFactory.class.getName().equals(definition.getFactoryBeanName());
	}

	/** The beans of the configured connection, and those that have their names. */
	private static Map<String, Class<?>> ofConnection(ConfigurableListableBeanFactory beans) {
		Map<String, Class<?>> result = new LinkedHashMap<>();
		for (String name : beans.getBeanDefinitionNames()) {
			if (name.startsWith("flyte")) {
				Class<?> type = (isOurs(beans.getBeanDefinition(name)) || name.equals("flyteConnection"))
						? beans.getType(name, false) : null;
				if (type != null && (TYPES.contains(type) || AbstractStub.class.isAssignableFrom(type))) {
					result.put(name, type);
				}
			}
		}
		return result;
	}

	/**
	 * Whether a bean is the starter's, and not one of the application with its name.
	 */
	static boolean isOurs(ConfigurableListableBeanFactory beans, String name) {
		return beans.containsBeanDefinition(name) && isOurs(beans.getBeanDefinition(name));
	}

	private static boolean isOurs(BeanDefinition definition) {
		String declaring = "";
		if (definition instanceof AnnotatedBeanDefinition annotated && annotated.getFactoryMethodMetadata() != null) {
			declaring = annotated.getFactoryMethodMetadata().getDeclaringClassName();
		}
		// As it is where the application has been processed ahead of time.
		else if (definition instanceof RootBeanDefinition root && root.getResolvedFactoryMethod() != null) {
			declaring = root.getResolvedFactoryMethod().getDeclaringClass().getName();
		}
		return declaring.startsWith(ClassUtils.getPackageName(DefaultBeans.class) + ".");
	}

}
