package io.flyteconnect.internal.store.jdbc;

import javax.sql.DataSource;

import org.springframework.security.crypto.encrypt.TextEncryptor;

import io.flyteconnect.internal.store.SharedStore;
import io.flyteconnect.internal.store.SharedStoreFactory;

/**
 * Creates stores in the application's database. Needs {@code spring-jdbc} on the class
 * path.
 *
 * @since 0.1.0
 */
public final class JdbcStoreFactory implements SharedStoreFactory {

	private final DataSource dataSource;

	private final JdbcPatience patience;

	/**
	 * Create a factory.
	 * @param dataSource the database, with the table {@code oauth2_authorized_client} of
	 * Spring Security's {@code oauth2-client-schema.sql} (or its PostgreSQL form)
	 */
	public JdbcStoreFactory(DataSource dataSource) {
		this(dataSource, JdbcPatience.USUAL);
	}

	public JdbcStoreFactory(DataSource dataSource, JdbcPatience patience) {
		this.dataSource = dataSource;
		this.patience = patience;
	}

	@Override
	public SharedStore create(String registrationId, String login, TextEncryptor encryptor) {
		return new JdbcStore(this.dataSource, this.patience, registrationId, login, encryptor);
	}

}
