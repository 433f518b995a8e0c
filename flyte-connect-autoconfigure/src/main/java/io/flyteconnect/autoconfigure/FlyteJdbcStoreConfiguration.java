package io.flyteconnect.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcOperations;

import io.flyteconnect.internal.store.jdbc.JdbcStoreFactory;

/**
 * Lets logins be kept in the application's database, where the settings want that.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JdbcOperations.class)
@Conditional(OnJdbcStoreCondition.class)
class FlyteJdbcStoreConfiguration {

	// Not a condition on the data source: this way the order of configurations is free.
	@Bean
	@Nullable JdbcStoreFactory flyteJdbcStoreFactory(ObjectProvider<DataSource> dataSource, Environment environment) {
		// Where beans are defined ahead of time, only now is it known which store it is.
		DataSource unique = OnJdbcStoreCondition.isWanted(environment) ? dataSource.getIfUnique() : null;
		return (unique != null) ? new JdbcStoreFactory(unique) : null;
	}

}
