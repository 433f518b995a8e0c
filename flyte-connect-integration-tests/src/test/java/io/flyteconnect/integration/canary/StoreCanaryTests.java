package io.flyteconnect.integration.canary;

import java.nio.file.Files;
import java.nio.file.Path;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.flyteconnect.integration.canary.search.CanaryApplication;
import io.flyteconnect.integration.canary.search.CanaryWatch;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The login is kept in a database or a file: neither the key nor the tokens are to be
 * read anywhere, also when the store fails.
 */
@Tag("once")
class StoreCanaryTests {

	@RegisterExtension
	final CanaryWatch watch = new CanaryWatch();

	@TempDir
	private Path folder;

	private FlyteTestServer server;

	@BeforeEach
	void start() {
		this.server = FlyteTestServer.builder()
			.clientCredentials("canary-client", this.watch.canaries().secret("client secret"))
			.withSampleData()
			.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private CanaryApplication application(String store, String key) {
		return this.watch.application()
			.properties(this.server.properties())
			.property("flyte.credentials.store", store)
			.property("flyte.credentials.store-key", key);
	}

	@Test
	void whenTheLoginIsInADatabaseThenNothingShows() {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL("jdbc:h2:mem:" + this.folder.getFileName() + ";DB_CLOSE_DELAY=-1");
		new ResourceDatabasePopulator(
				new ClassPathResource("org/springframework/security/oauth2/client/oauth2-client-schema.sql"))
			.execute(database);
		JdbcTemplate jdbc = new JdbcTemplate(database);
		String key = this.watch.canaries().secret("store key");
		try (ConfigurableApplicationContext context = application("jdbc", key).bean(database).run()) {
			assertThat(CanaryTestSupport.projects(context)).isEqualTo(3);
			this.watch.learnTokens(context);
			this.watch.look("database", jdbc.queryForList("SELECT * FROM oauth2_authorized_client").toString());
			this.watch.look(context);
			jdbc.execute("DROP TABLE oauth2_authorized_client");
			this.server.identityProvider().revokeTokens();
			assertThat(CanaryTestSupport.projects(context)).as("without its store").isEqualTo(3);
			this.watch.learnTokens(context);
		}
	}

	@Test
	void whenTheLoginIsInAFileThenNothingShows() throws Exception {
		Path file = this.folder.resolve("tokens");
		String key = this.watch.canaries().secret("store key");
		try (ConfigurableApplicationContext context = application("file", key)
			.property("flyte.credentials.store-file", file)
			.run()) {
			assertThat(CanaryTestSupport.projects(context)).isEqualTo(3);
			this.watch.learnTokens(context);
			this.watch.look("file", Files.readString(file));
			this.watch.look(context);
		}
		String other = this.watch.canaries().secret("another store key");
		try (ConfigurableApplicationContext context = application("file", other)
			.property("flyte.credentials.store-file", file)
			.withoutWeb()
			.run()) {
			assertThat(CanaryTestSupport.projects(context)).as("with another key").isEqualTo(3);
			this.watch.learnTokens(context);
		}
	}

}
