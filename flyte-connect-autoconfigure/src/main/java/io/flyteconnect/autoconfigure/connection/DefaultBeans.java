package io.flyteconnect.autoconfigure.connection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.grpc.stub.AbstractStub;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.GrpcClientFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteRunsStub;
import io.flyteconnect.autoconfigure.aot.SetAtRunTime;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.identity.FlyteUsers;
import io.flyteconnect.internal.config.connection.NamedConnection;
import io.flyteconnect.internal.config.connection.NamedConnections;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.config.origin.PropertyOrigin;

/**
 * Keeps the configured connection, and what is made of it, the ones that are injected by
 * type where the application defines further beans of these types, or further connections
 * have a name: the unnamed connection, or the one of {@code flyte.primary}. What the
 * application marks as primary wins. Says what happens.
 */
class DefaultBeans implements BeanFactoryPostProcessor, Ordered {

	private static final Set<Class<?>> TYPES = Set.of(PlatformConfig.class, FlyteConnection.class, FlyteAdminStub.class,
			FlyteRunsStub.class, FlyteExecutions.class, FlyteUsers.class);

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
		// Names and the primary one are known when the application runs.
		boolean unknown = SetAtRunTime.isUnknown();
		List<String> named = unknown ? List.of()
				: NamedConnections.of(this.environment).stream().map(NamedConnection::name).toList();
		// Here, since a container that stands in for another connection may be a bean.
		if (!named.isEmpty() && beans instanceof BeanDefinitionRegistry registry
				&& !UnnamedConnection.isConfigured(this.environment, beans, true)) {
			UnnamedConnection.remove(registry);
		}
		boolean unnamed = beans.containsBeanDefinition("flyteConnection");
		String primary = unknown ? PlatformConfig.DEFAULT_NAME
				: PrimaryConnection.find(this.environment, named, unnamed);
		for (Map.Entry<String, Class<?>> bean : ofConnections(beans).entrySet()) {
			String preferred = (primary == null || PlatformConfig.DEFAULT_NAME.equals(primary)) ? bean.getKey()
					: NamedBeans.name(primary, bean.getKey());
			choose(beans, preferred, bean.getValue(), primary != null);
		}
		if (!named.isEmpty()) {
			logger.info("Flyte connections with a name: " + String.join(", ", named) + ((primary != null)
					? "; where none is named, '" + primary + "' is injected" : "; there is no primary one"));
		}
	}

	private void sayReplaced(ConfigurableListableBeanFactory beans) {
		List<String> replaced = new ArrayList<>();
		for (String name : UnnamedConnection.REPLACEABLE) {
			if (beans.containsBeanDefinition(name) && !UnnamedConnection.isOurs(beans.getBeanDefinition(name))) {
				replaced.add(name);
			}
		}
		String settings = replaced.isEmpty() ? "" : settings();
		if (!settings.isEmpty()) {
			replaced.forEach((name) -> logger.info("The bean '" + name
					+ "' of the application takes the place of the one that would be made of " + settings));
		}
	}

	private String settings() {
		return Stream.of("flyte.platform.url", "flyte.api-key")
			.filter((property) -> PropertyLookup.isWritten(this.environment, property))
			.map((property) -> property + " (" + PropertyOrigin.of(this.environment, property) + ")")
			.collect(Collectors.joining(" and "));
	}

	private static void choose(ConfigurableListableBeanFactory beans, String preferred, Class<?> type, boolean prefer) {
		// No lambdas, each of which would be a class more in each start.
		List<String> candidates = new ArrayList<>();
		List<String> ofApplication = new ArrayList<>();
		for (String name : beans.getBeanNamesForType(type, true, false)) {
			BeanDefinition definition = beans.containsBeanDefinition(name) ? beans.getBeanDefinition(name) : null;
			if (definition == null || !isCandidate(definition)) {
				continue;
			}
			candidates.add(name);
			if (UnnamedConnection.isOurs(definition)) {
				// As it was decided when the application was processed ahead of time.
				definition.setPrimary(false);
			}
			if (!name.equals(preferred) && !isOfConnection(beans, name)) {
				ofApplication.add(name);
			}
		}
		if (!ofApplication.isEmpty()) {
			choose(beans, preferred, candidates, ofApplication, withArticle(ClassUtils.getShortName(type)), prefer);
		}
		else if (prefer && candidates.size() > 1 && candidates.contains(preferred)) {
			beans.getBeanDefinition(preferred).setPrimary(true);
		}
	}

	private static void choose(ConfigurableListableBeanFactory beans, String name, List<String> candidates,
			List<String> others, String type, boolean prefer) {
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
			candidates.stream()
				.filter((candidate) -> !others.contains(candidate))
				.forEach((candidate) -> beans.getBeanDefinition(candidate).setFallback(true));
			logger.info(type + " is injected as the bean '" + imported + "', the application's own gRPC client;"
					+ " that of the configured Flyte connection is the bean '" + name + "'");
			return;
		}
		if (!prefer || !candidates.contains(name)) {
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

	// The bean of the unnamed connection may be the application's own, by its name.
	private static boolean isOfConnection(ConfigurableListableBeanFactory beans, String name) {
		BeanDefinition definition = beans.getBeanDefinition(name);
		return NamedBeans.connection(definition) != null || name.equals("flyteConnection")
				|| UnnamedConnection.isOurs(definition);
	}

	/** The beans of the connections, by the names that the unnamed one has for them. */
	private static Map<String, Class<?>> ofConnections(ConfigurableListableBeanFactory beans) {
		Map<String, Class<?>> result = new LinkedHashMap<>();
		for (String name : beans.getBeanDefinitionNames()) {
			String connection = NamedBeans.connection(beans.getBeanDefinition(name));
			if (connection != null || isOfConnection(beans, name)) {
				Class<?> type = beans.getType(name, false);
				if (type != null && (TYPES.contains(type) || AbstractStub.class.isAssignableFrom(type))) {
					result.put(
							(connection != null) ? StringUtils.uncapitalize(name.substring(connection.length())) : name,
							type);
				}
			}
		}
		return result;
	}

}
