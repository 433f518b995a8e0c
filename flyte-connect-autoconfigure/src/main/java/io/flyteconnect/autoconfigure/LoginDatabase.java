package io.flyteconnect.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.flyteconnect.internal.config.connection.NamedConnections;
import io.flyteconnect.internal.config.origin.PropertyLookup;

/**
 * Finds the database that {@code flyte.credentials.store=jdbc} stores logins in. Searches
 * for it at run time, even if the beans were defined ahead of time.
 */
final class LoginDatabase {

	private static final String JDBC = "org.springframework.jdbc.core.JdbcOperations";

	private LoginDatabase() {
	}

	static @Nullable DataSource find(ApplicationContext context, ObjectProvider<DataSource> dataSource) {
		Environment environment = context.getEnvironment();
		boolean wanted = isWanted(PropertyLookup.of(environment, "flyte")) || NamedConnections.of(environment)
			.stream()
			.anyMatch((connection) -> isWanted(connection.lookup(environment)));
		return (wanted && ClassUtils.isPresent(JDBC, context.getClassLoader())) ? dataSource.getIfUnique() : null;
	}

	private static boolean isWanted(PropertyLookup settings) {
		String store = settings.text("credentials.store");
		return store != null && "jdbc".equalsIgnoreCase(store.strip());
	}

}
