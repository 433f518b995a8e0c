package io.flyteconnect.autoconfigure.connection;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.InstanceSupplier;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.StringUtils;

/**
 * The beans of one named connection: each has the name of the unnamed connection's,
 * behind that of its own, and is injected by {@code @Qualifier} with the name of the
 * connection. A bean of the application that has such a name takes its place.
 *
 * @since 0.1.0
 */
public final class NamedBeans {

	private static final String ATTRIBUTE = NamedBeans.class.getName();

	private final BeanDefinitionRegistry registry;

	private final @Nullable String connection;

	private NamedBeans(BeanDefinitionRegistry registry) {
		this.registry = registry;
		this.connection = null;
	}

	/**
	 * Return what registers beans of the unnamed connection, under the names that they
	 * have without one.
	 * @param registry where they are registered
	 * @return what registers them
	 */
	static NamedBeans ofUnnamed(BeanDefinitionRegistry registry) {
		return new NamedBeans(registry);
	}

	/**
	 * Create what registers the beans of a connection.
	 * @param registry where they are registered
	 * @param connection the name of the connection
	 */
	public NamedBeans(BeanDefinitionRegistry registry, String connection) {
		this.registry = registry;
		this.connection = connection;
	}

	/**
	 * Return the name of a bean of a named connection.
	 * @param connection the name of the connection
	 * @param unnamed the bean of the unnamed connection, for example
	 * {@code flyteConnection}
	 * @return for example {@code stagingFlyteConnection}
	 */
	public static String name(String connection, String unnamed) {
		return connection + StringUtils.capitalize(unnamed);
	}

	/**
	 * Return the connection that a bean belongs to.
	 * @param definition the definition of the bean
	 * @return the name of the connection, or {@code null} if it is none of a named one
	 */
	public static @Nullable String connection(BeanDefinition definition) {
		return (definition.getAttribute(ATTRIBUTE) instanceof String connection) ? connection : null;
	}

	/**
	 * Return whether a bean of a named connection is the starter's.
	 * @param beans the beans
	 * @param connection the name of the connection
	 * @param unnamed the bean of the unnamed connection
	 * @return whether it is, and none of the application with its name
	 */
	public static boolean isOurs(ConfigurableListableBeanFactory beans, String connection, String unnamed) {
		String name = name(connection, unnamed);
		return beans.containsBeanDefinition(name) && isSupplied(beans.getBeanDefinition(name));
	}

	boolean isOfUnnamed() {
		return this.connection == null;
	}

	/**
	 * Return whether a bean has been registered here, for whatever connection.
	 */
	static boolean isSupplied(BeanDefinition definition) {
		return definition instanceof RootBeanDefinition root && root.getInstanceSupplier() instanceof Supplied<?>;
	}

	/**
	 * Return the name of a bean of this connection.
	 * @param unnamed the bean of the unnamed connection
	 * @return the name
	 */
	public String name(String unnamed) {
		return (this.connection != null) ? name(this.connection, unnamed) : unnamed;
	}

	/**
	 * Register a bean, unless the application has one of the same name.
	 * @param unnamed the bean of the unnamed connection, for example
	 * {@code flyteConnection}
	 * @param type the type
	 * @param supplier makes it
	 * @param <T> the type
	 * @return its definition, or {@code null} where the application has its own
	 */
	public <T> @Nullable RootBeanDefinition register(String unnamed, Class<T> type, Function<BeanFactory, T> supplier) {
		String name = name(unnamed);
		if (this.registry.containsBeanDefinition(name)) {
			mark(this.registry.getBeanDefinition(name));
			return null;
		}
		RootBeanDefinition definition = new RootBeanDefinition(type);
		definition.setInstanceSupplier(new Supplied<>(supplier));
		definition.setLazyInit(true);
		mark(definition);
		this.registry.registerBeanDefinition(name, definition);
		return definition;
	}

	private void mark(BeanDefinition definition) {
		if (this.connection == null) {
			return;
		}
		definition.setAttribute(ATTRIBUTE, this.connection);
		if (definition instanceof AbstractBeanDefinition bean && bean.getQualifiers().isEmpty()) {
			bean.addQualifier(new AutowireCandidateQualifier(Qualifier.class, this.connection));
		}
	}

	/**
	 * Makes a bean of others.
	 *
	 * @param supplier makes it
	 * @param <T> the type
	 */
	private record Supplied<T>(Function<BeanFactory, T> supplier) implements InstanceSupplier<T> {

		@Override
		public T get(RegisteredBean bean) {
			return this.supplier.apply(bean.getBeanFactory());
		}

	}

}
