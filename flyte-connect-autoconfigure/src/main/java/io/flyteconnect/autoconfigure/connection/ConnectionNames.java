package io.flyteconnect.autoconfigure.connection;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.beans.factory.config.BeanPostProcessor;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.store.StoreFileUsers;

/**
 * Ensures that all connections, and all their settings, have different names, which
 * distinguish them in logs, threads, errors and stored logins, and that no two keep their
 * logins in one file.
 */
class ConnectionNames implements BeanPostProcessor {

	private final Map<String, String> connections = new ConcurrentHashMap<>();

	private final List<FlyteConnection> made = new CopyOnWriteArrayList<>();

	private final Map<String, String> settings = new ConcurrentHashMap<>();

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof FlyteConnection connection) {
			check(this.connections, connection.name(), beanName);
			StoreFileUsers.check(connection.config(), this.made.stream().map(FlyteConnection::config).toList());
			this.made.add(connection);
		}
		else if (bean instanceof PlatformConfig config) {
			check(this.settings, config.name(), beanName);
		}
		return bean;
	}

	private static void check(Map<String, String> beans, String name, String beanName) {
		String other = beans.putIfAbsent(name, beanName);
		if (other != null && !other.equals(beanName)) {
			throw new DuplicateConnectionNameException(name, other, beanName);
		}
	}

}
