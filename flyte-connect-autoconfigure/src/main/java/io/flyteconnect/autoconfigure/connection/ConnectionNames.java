package io.flyteconnect.autoconfigure.connection;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.Interactive;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.store.StoreFileUsers;

/**
 * Ensures that all connections, and all their settings, have different names, which
 * distinguish them in logs, threads, errors and stored logins, and that no two keep their
 * logins in one file.
 */
class ConnectionNames implements BeanPostProcessor {

	private static final Log logger = LogFactory.getLog(ConnectionNames.class);

	private static final String ANY_PORT = "credentials.pkce.any-port";

	private final Map<String, String> connections = new ConcurrentHashMap<>();

	private final List<FlyteConnection> made = new CopyOnWriteArrayList<>();

	private final Map<String, String> settings = new ConcurrentHashMap<>();

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof FlyteConnection connection) {
			check(this.connections, connection.name(), beanName);
			StoreFileUsers.check(connection.config(), this.made.stream().map(FlyteConnection::config).toList());
			warnOfPort(connection.config());
			this.made.add(connection);
		}
		else if (bean instanceof PlatformConfig config) {
			check(this.settings, config.name(), beanName);
		}
		return bean;
	}

	// Which port it is the servers say, and only when somebody logs in.
	private void warnOfPort(PlatformConfig config) {
		if (!isAtFixedPort(config)) {
			return;
		}
		this.made.stream()
			.map(FlyteConnection::config)
			.filter((other) -> !other.name().equals(config.name()) && isAtFixedPort(other))
			.findFirst()
			.ifPresent((other) -> logger.warn("Flyte connections '" + other.name() + "' and '" + config.name()
					+ "' both log in with a browser that comes back to the port that the server publishes. Where both"
					+ " servers publish the same one, a login of one fails while somebody logs in to the other. Set "
					+ config.origins().property(ANY_PORT) + " to true if the server accepts any loopback port"));
	}

	// Where no mode is set, the server may need no login at all.
	private static boolean isAtFixedPort(PlatformConfig config) {
		return config.credentials().authMode() == AuthMode.PKCE && !config.credentials().pkce().anyPort()
				&& config.credentials().interactive() != Interactive.NEVER
				&& config.origins().isSet("credentials.auth-mode");
	}

	private static void check(Map<String, String> beans, String name, String beanName) {
		String other = beans.putIfAbsent(name, beanName);
		if (other != null && !other.equals(beanName)) {
			throw new DuplicateConnectionNameException(name, other, beanName);
		}
	}

}
