package io.flyteconnect.internal.client;

import java.time.Clock;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.encrypt.TextEncryptor;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings.StoreSettings;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.store.AuthorizedClientStore;
import io.flyteconnect.internal.store.SharedStore;
import io.flyteconnect.internal.store.SharedStoreFactory;
import io.flyteconnect.internal.store.StoreCustomizations;
import io.flyteconnect.internal.store.StoreKeys;
import io.flyteconnect.internal.store.file.FileStore;

/**
 * Makes the store that the settings of a connection ask for.
 *
 * @since 0.1.0
 */
final class AuthorizedClientStores {

	private AuthorizedClientStores() {
	}

	/**
	 * Make the store of a connection. Nothing is read or written yet.
	 * @param config the settings of the connection
	 * @param registrationId its client registration
	 * @param customizations what the application brings
	 * @param clock tells the time
	 * @return the store
	 * @throws InvalidFlyteConfigurationException if the store needs a key or a database
	 * that is not there
	 */
	static AuthorizedClientStore create(PlatformConfig config, String registrationId,
			StoreCustomizations customizations, Clock clock) {
		StoreSettings settings = config.credentials().store();
		SharedStore shared = null;
		if (config.credentials().authMode() != AuthMode.NONE) {
			TextEncryptor encryptor = encryptor(settings, customizations);
			shared = switch (settings.kind()) {
				case MEMORY -> null;
				case FILE -> new FileStore(settings.file(), StoreKeys.login(config), encryptor);
				case JDBC ->
					database(customizations, encryptor).create(registrationId, StoreKeys.login(config), key(encryptor));
			};
		}
		return new AuthorizedClientStore(config.name(), shared, clock);
	}

	private static @Nullable TextEncryptor encryptor(StoreSettings settings, StoreCustomizations customizations) {
		if (customizations.encryptor() != null) {
			return customizations.encryptor();
		}
		return (settings.key() != null) ? StoreKeys.encryptor(settings.key()) : null;
	}

	private static SharedStoreFactory database(StoreCustomizations customizations, @Nullable TextEncryptor encryptor) {
		SharedStoreFactory database = customizations.database();
		if (database == null) {
			throw new InvalidFlyteConfigurationException("flyte.credentials.store", null,
					"The login is to be kept in a database, but the application has none: there is no single"
							+ " (or primary) DataSource, or no spring-jdbc.",
					"Add spring-boot-starter-jdbc and configure spring.datasource.url, or set"
							+ " flyte.credentials.store to memory.",
					null);
		}
		return database;
	}

	private static TextEncryptor key(@Nullable TextEncryptor encryptor) {
		if (encryptor == null) {
			throw new InvalidFlyteConfigurationException("flyte.credentials.store-key", null,
					"The login is to be kept in a database, but there is no key to encrypt its tokens with.",
					"Set flyte.credentials.store-key to a long random text, the same for all replicas, for example"
							+ " the output of 'openssl rand -hex 32', or define a TextEncryptor bean named"
							+ " flyteTextEncryptor.",
					null);
		}
		return encryptor;
	}

}
