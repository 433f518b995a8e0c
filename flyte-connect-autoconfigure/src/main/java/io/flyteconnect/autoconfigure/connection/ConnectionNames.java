package io.flyteconnect.autoconfigure.connection;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.config.BeanPostProcessor;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.config.CredentialSettings.StoreSettings;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.TokenStore;

/**
 * Ensures that all connections, and all their settings, have different names, which
 * distinguish them in logs, threads, errors and stored logins, and that no two keep their
 * logins in one file.
 */
class ConnectionNames implements BeanPostProcessor {

	private static final String STORE_FILE = "credentials.store-file";

	private final Map<String, String> connections = new ConcurrentHashMap<>();

	private final Map<Path, PlatformConfig> files = new ConcurrentHashMap<>();

	private final Map<String, String> settings = new ConcurrentHashMap<>();

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof FlyteConnection connection) {
			check(this.connections, connection.name(), beanName);
			checkFile(connection.config());
		}
		else if (bean instanceof PlatformConfig config) {
			check(this.settings, config.name(), beanName);
		}
		return bean;
	}

	// The login of one would take the place of the other's, again and again.
	private void checkFile(PlatformConfig config) {
		StoreSettings store = config.credentials().store();
		if (store.kind() != TokenStore.FILE) {
			return;
		}
		PlatformConfig other = this.files.putIfAbsent(store.file().toAbsolutePath().normalize(), config);
		if (other != null && !other.name().equals(config.name())) {
			throw new InvalidFlyteConfigurationException(config.origins().property(STORE_FILE),
					config.origins().origin(STORE_FILE),
					"The Flyte connections '" + other.name() + "' and '" + config.name() + "' both keep their login in "
							+ store.file() + ", where there is room for one.",
					"Set another file for one of them, or remove " + config.origins().property(STORE_FILE) + " and "
							+ other.origins().property(STORE_FILE) + ": each has a file of its own then.",
					null);
		}
	}

	private static void check(Map<String, String> beans, String name, String beanName) {
		String other = beans.putIfAbsent(name, beanName);
		if (other != null && !other.equals(beanName)) {
			throw new DuplicateConnectionNameException(name, other, beanName);
		}
	}

}
