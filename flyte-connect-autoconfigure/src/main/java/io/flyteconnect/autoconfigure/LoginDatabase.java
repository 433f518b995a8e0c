package io.flyteconnect.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Finds the database that {@code flyte.credentials.store=jdbc} stores logins in. Searches
 * for it at run time, even if the beans were defined ahead of time.
 */
final class LoginDatabase {

	private static final String JDBC = "org.springframework.jdbc.core.JdbcOperations";

	private LoginDatabase() {
	}

	static @Nullable DataSource find(ApplicationContext context, ObjectProvider<DataSource> dataSource) {
		String store = context.getEnvironment().getProperty("flyte.credentials.store", "");
		boolean wanted = "jdbc".equalsIgnoreCase(store.strip());
		return (wanted && ClassUtils.isPresent(JDBC, context.getClassLoader())) ? dataSource.getIfUnique() : null;
	}

}
