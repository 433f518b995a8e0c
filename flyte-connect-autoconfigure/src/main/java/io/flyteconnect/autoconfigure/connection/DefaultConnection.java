package io.flyteconnect.autoconfigure.connection;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.config.PlatformConfig;

/**
 * What the beans of the unnamed connection are made of: found by name, whichever
 * connection is injected by type; but a bean of its own that the application marks as
 * primary stands for all that is made of it.
 *
 * @since 0.1.0
 */
public final class DefaultConnection {

	private final ConfigurableListableBeanFactory beans;

	/**
	 * Create what finds the beans.
	 * @param beans the beans of the application
	 */
	public DefaultConnection(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Return whether a bean of the unnamed connection is the starter's.
	 * @param beans the beans
	 * @param name the name of the bean, for example {@code flyteConnection}
	 * @return whether it is, and none of the application with its name
	 */
	public static boolean isOurs(ConfigurableListableBeanFactory beans, String name) {
		return beans.containsBeanDefinition(name) && UnnamedConnection.isOurs(beans.getBeanDefinition(name));
	}

	/**
	 * Note that a bean that the starter has registered is of no use where there is no
	 * unnamed connection.
	 * @param definition the definition of the bean
	 */
	public static void mark(BeanDefinition definition) {
		UnnamedConnection.mark(definition);
	}

	/**
	 * Return the settings.
	 * @return those that the connection is made of
	 */
	public PlatformConfig config() {
		return bean("flytePlatformConfig", PlatformConfig.class);
	}

	/**
	 * Return the connection.
	 * @return the one that the other beans are made of
	 */
	public FlyteConnection connection() {
		return bean("flyteConnection", FlyteConnection.class);
	}

	/**
	 * Return the stubs.
	 * @return those that the generated stubs are taken of
	 */
	public FlyteAdminStub admin() {
		return bean("flyteAdminStub", FlyteAdminStub.class);
	}

	private <T> T bean(String name, Class<T> type) {
		for (String other : this.beans.getBeanNamesForType(type, true, false)) {
			if (!other.equals(name) && this.beans.containsBeanDefinition(other)
					&& isPrimary(this.beans.getBeanDefinition(other))) {
				return this.beans.getBean(other, type);
			}
		}
		return this.beans.containsBean(name) ? this.beans.getBean(name, type) : this.beans.getBean(type);
	}

	private static boolean isPrimary(BeanDefinition definition) {
		return definition.isPrimary() && NamedBeans.connection(definition) == null;
	}

}
