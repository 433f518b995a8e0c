package io.flyteconnect.internal.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.internal.store.jdbc.JdbcPatience;
import io.flyteconnect.internal.store.jdbc.JdbcStoreFactory;

/**
 * A service whose login, by a device, is kept in a database.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ FlyteAutoConfiguration.class, GrpcClientAutoConfiguration.class,
		SslAutoConfiguration.class })
class Replica {

	private static final String SCHEMA = "org/springframework/security/oauth2/client/oauth2-client-schema";

	/**
	 * Create Spring Security's table.
	 * @param database the database
	 * @param kind "-postgres", or nothing for H2
	 */
	static void createTable(DataSource database, String kind) {
		new ResourceDatabasePopulator(new ClassPathResource(SCHEMA + kind + ".sql")).execute(database);
	}

	/**
	 * Start a replica that waits for its database as long as a busy machine needs.
	 * @param database the database
	 * @param port the port of Flyte
	 * @param arguments further arguments
	 * @return its context
	 */
	static ConfigurableApplicationContext startPatient(DataSource database, int port, String... arguments) {
		Duration patience = Duration.ofMinutes(1);
		JdbcStoreFactory stores = new JdbcStoreFactory(database,
				new JdbcPatience(patience, patience, patience, patience));
		return start(database, port, (context) -> context.registerBean("patientStores", SharedStoreFactory.class,
				() -> stores, (definition) -> definition.setPrimary(true)), arguments);
	}

	/**
	 * Start a replica.
	 * @param database the database
	 * @param port the port of Flyte
	 * @param arguments further arguments
	 * @return its context
	 */
	static ConfigurableApplicationContext start(DataSource database, int port, String... arguments) {
		return start(database, port, (context) -> {
		}, arguments);
	}

	private static ConfigurableApplicationContext start(DataSource database, int port,
			Consumer<GenericApplicationContext> customizer, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--flyte.config-file=none", "--flyte.platform.insecure=true",
				"--flyte.platform.url=localhost:" + port, "--flyte.credentials.auth-mode=device-flow",
				"--flyte.credentials.interactive=always", "--flyte.credentials.store=jdbc",
				"--flyte.credentials.store-key=0123456789abcdef"));
		all.addAll(List.of(arguments));
		SpringApplication application = new SpringApplicationBuilder(Replica.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.initializers((context) -> {
				GenericApplicationContext generic = (GenericApplicationContext) context;
				generic.registerBean("dataSource", DataSource.class, () -> database);
				customizer.accept(generic);
			})
			.build();
		return application.run(all.toArray(String[]::new));
	}

}
