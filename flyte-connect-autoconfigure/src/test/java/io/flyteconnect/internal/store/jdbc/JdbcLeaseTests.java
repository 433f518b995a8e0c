package io.flyteconnect.internal.store.jdbc;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.flyteconnect.internal.store.SharedStore;
import io.flyteconnect.internal.store.StoreHealth;
import io.flyteconnect.internal.store.StoreKeys;
import io.flyteconnect.testsupport.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link JdbcLease} with PostgreSQL and H2: who was faster, and what else a
 * table refuses.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class JdbcLeaseTests {

	private static final String SCHEMA = "org/springframework/security/oauth2/client/oauth2-client-schema";

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final String ROW = "INSERT INTO oauth2_authorized_client (client_registration_id, principal_name,"
			+ " access_token_type, access_token_value, access_token_issued_at, access_token_expires_at,"
			+ " access_token_scopes) VALUES ('flyte', 'login.lease', 'other', '2d', now(), now(), '";

	private static PostgresServer postgres;

	private final JdbcTemplate database = new JdbcTemplate(postgres.dataSource());

	@BeforeAll
	static void start() throws Exception {
		postgres = new PostgresServer();
	}

	@AfterAll
	static void stop() throws Exception {
		postgres.close();
	}

	@BeforeEach
	void createTable() {
		this.database.execute("DROP TABLE IF EXISTS oauth2_authorized_client");
		populate(postgres.dataSource(), "-postgres.sql");
	}

	@Test
	void whenAnotherInsertsTheRowInBetweenThenItHasTheLease() throws Exception {
		JdbcLease lease = lease(postgres.dataSource());
		try (Connection other = postgres.dataSource().getConnection()) {
			other.setAutoCommit(false);
			other.createStatement().execute(ROW + "99999999999999999999')");
			CompletableFuture<String> taken = CompletableFuture.supplyAsync(lease::take);
			await().until(() -> this.database.queryForObject("SELECT count(*) FROM pg_locks WHERE NOT granted",
					Integer.class) > 0);
			other.commit();
			assertThat(taken.get(60, TimeUnit.SECONDS)).isNull();
		}
	}

	@Test
	void whenAnotherTakesOverTheRowInBetweenThenItHasTheLease() throws Exception {
		JdbcLease lease = lease(postgres.dataSource());
		this.database.execute(ROW + "00000000000000000001')");
		try (Connection other = postgres.dataSource().getConnection()) {
			other.setAutoCommit(false);
			other.createStatement()
				.execute("UPDATE oauth2_authorized_client SET access_token_scopes = '00000000000000000002'");
			CompletableFuture<String> taken = CompletableFuture.supplyAsync(lease::take);
			await().until(() -> this.database.queryForObject("SELECT count(*) FROM pg_locks WHERE NOT granted",
					Integer.class) > 0);
			other.commit();
			assertThat(taken.get(60, TimeUnit.SECONDS)).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "40P01", "40001" })
	void whenTheDatabaseEndsAConflictOfLocksThenTheLeaseIsTakenTheNextTime(String state) {
		this.database.execute("CREATE OR REPLACE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS"
				+ " $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + state + "'; END $$");
		this.database.execute("CREATE TRIGGER conflict BEFORE INSERT ON oauth2_authorized_client"
				+ " FOR EACH ROW EXECUTE FUNCTION conflict()");
		JdbcLease lease = lease(postgres.dataSource());
		assertThat(lease.take()).isNull();
		this.database.execute("DROP TRIGGER conflict ON oauth2_authorized_client");
		assertThat(lease.take()).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ADD CONSTRAINT broken CHECK (access_token_scopes IS NULL)",
			"ADD COLUMN needed varchar(10) NOT NULL", "ALTER COLUMN access_token_scopes TYPE varchar(3)",
			"ADD CONSTRAINT broken FOREIGN KEY (access_token_type) REFERENCES principals (name)" })
	void whenTheTableRefusesTheRowThenNobodyWasFaster(String change) {
		this.database.execute("CREATE TABLE IF NOT EXISTS principals (name varchar(100) PRIMARY KEY)");
		this.database.execute("ALTER TABLE oauth2_authorized_client " + change);
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(lease(postgres.dataSource())::take);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ADD CONSTRAINT broken CHECK (access_token_scopes IS NULL)",
			"ADD COLUMN needed varchar(10) NOT NULL", "ALTER COLUMN access_token_scopes varchar(3)",
			"ADD CONSTRAINT broken FOREIGN KEY (access_token_type) REFERENCES principals (name)" })
	void whenTheTableOfH2RefusesTheRowThenTheLoginGoesOnInMemoryAtOnce(String change, CapturedOutput output) {
		DataSource h2 = h2();
		new JdbcTemplate(h2).execute("CREATE TABLE principals (name varchar(100) PRIMARY KEY)");
		new JdbcTemplate(h2).execute("ALTER TABLE oauth2_authorized_client " + change);
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(lease(h2)::take);
		JdbcStore store = new JdbcStore(work(h2), "flyte", "login", StoreKeys.encryptor("0123456789abcdef"), LONG,
				Clock.systemUTC());
		StoreHealth health = new StoreHealth("The store", Clock.systemUTC());
		assertThat(health.attemptHold(store)).isSameAs(SharedStore.Hold.NONE);
		assertThat(output).containsOnlyOnce("The store could not be locked, the login goes on in memory");
	}

	@Test
	void whenSomebodyHasTheLeaseInH2ThenNobodyElseGetsIt() {
		DataSource h2 = h2();
		JdbcLease lease = lease(h2);
		String owner = lease.take();
		assertThat(owner).isNotNull();
		assertThat(lease(h2).take()).isNull();
		lease.end(owner);
		assertThat(lease(h2).take()).isNotNull();
	}

	private static DataSource h2() {
		JdbcDataSource h2 = new JdbcDataSource();
		h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		populate(h2, ".sql");
		return h2;
	}

	private static void populate(DataSource dataSource, String ending) {
		new ResourceDatabasePopulator(new ClassPathResource(SCHEMA + ending)).execute(dataSource);
	}

	private static JdbcLease lease(DataSource dataSource) {
		return new JdbcLease(work(dataSource), "flyte", "login.lease", LONG, Clock.systemUTC());
	}

	private static JdbcWork work(DataSource dataSource) {
		return JdbcWork.with(dataSource, new JdbcPatience(LONG, LONG, LONG, LONG));
	}

}
