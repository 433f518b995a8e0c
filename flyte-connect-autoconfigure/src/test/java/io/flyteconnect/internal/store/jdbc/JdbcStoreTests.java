package io.flyteconnect.internal.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

import io.flyteconnect.internal.store.AuthorizedClientStore;
import io.flyteconnect.internal.store.SharedStore;
import io.flyteconnect.internal.store.StoreException;
import io.flyteconnect.internal.store.StoreKeys;
import io.flyteconnect.internal.store.file.FileStoreTests;
import io.flyteconnect.testsupport.FaultProxy;
import io.flyteconnect.testsupport.MovableClock;
import io.flyteconnect.testsupport.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link JdbcStore} with PostgreSQL, also where it stops to answer.
 */
@Tag("fault")
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class JdbcStoreTests {

	private static final Duration SHORT = Duration.ofMillis(700);

	private static final Duration LONG = Duration.ofMinutes(1);

	private static PostgresServer postgres;

	private final JdbcTemplate database = new JdbcTemplate(postgres.dataSource());

	@BeforeAll
	static void start() throws Exception {
		postgres = new PostgresServer();
		new ResourceDatabasePopulator(
				new ClassPathResource("org/springframework/security/oauth2/client/oauth2-client-schema-postgres.sql"))
			.execute(postgres.dataSource());
	}

	@AfterAll
	static void stop() throws Exception {
		postgres.close();
	}

	@BeforeEach
	void clear() {
		this.database.update("DELETE FROM oauth2_authorized_client");
	}

	@Test
	void whenStatementsGetNoAnswerThenEachFailsSoonAndTheConnectionIsGivenUp() throws Exception {
		store(postgres.dataSource(), LONG).save(FileStoreTests.login("access-1", null));
		try (FaultProxy relay = FaultProxy.to(postgres.port())) {
			JdbcStore store = store(swallowing(relay), SHORT);
			failsSoon(store::load);
			failsSoon(() -> {
				store.save(FileStoreTests.login("access-2", null));
				return null;
			});
			failsSoon(() -> {
				store.remove();
				return null;
			});
			failsSoon(store::hold);
			await().until(() -> relay.open() == 0);
		}
		assertThat(store(postgres.dataSource(), LONG).load().accessToken().getTokenValue()).isEqualTo("access-1");
	}

	@Test
	void whenACommitGetsNoAnswerThenItFailsSoon() throws Exception {
		try (FaultProxy relay = FaultProxy.to(postgres.port())) {
			JdbcWork work = work(postgres.dataSource(relay.port()), SHORT);
			failsSoon(() -> work.call((jdbc) -> {
				jdbc.update("DELETE FROM oauth2_authorized_client");
				relay.swallowAnswers();
				return true;
			}));
		}
	}

	@Test
	void whenAnotherTransactionHasTheRowThenTheWaitEnds() throws Exception {
		JdbcStore store = store(postgres.dataSource(), LONG);
		store.save(FileStoreTests.login("access-1", null));
		try (Connection other = postgres.dataSource().getConnection()) {
			other.setAutoCommit(false);
			other.createStatement().execute("SELECT * FROM oauth2_authorized_client FOR UPDATE");
			failsSoon(() -> {
				store.save(FileStoreTests.login("access-2", null));
				return null;
			});
			other.rollback();
		}
		store.save(FileStoreTests.login("access-3", null));
		assertThat(store.load().accessToken().getTokenValue()).isEqualTo("access-3");
	}

	@Test
	void whenTheDatabaseGoesSilentThenLoginsGoOnInMemoryWithOneWarning(CapturedOutput output) throws Exception {
		ClientRegistration registration = registration();
		OAuth2AuthorizedClient client = client(registration, "access-1");
		try (FaultProxy relay = FaultProxy.to(postgres.port())) {
			AuthorizedClientStore store = new AuthorizedClientStore("default",
					store(swallowing(relay), Duration.ofMillis(1100)), Clock.systemUTC());
			for (int i = 0; i < 3; i++) {
				store.save(client);
				assertThat(store.load(registration)).isNotNull();
			}
			assertThat(relay.accepted()).isOne();
			assertThat(output).containsOnlyOnce("the login goes on in memory");
		}
	}

	@Test
	void whenTheDatabaseIsGoneThenLoginsGoOnInMemoryAndAreWrittenOnceItIsBack(CapturedOutput output) throws Exception {
		ClientRegistration registration = registration();
		MovableClock clock = new MovableClock();
		try (FaultProxy way = FaultProxy.to(postgres.port())) {
			JdbcStore database = store(postgres.dataSource(way.port()), LONG);
			AuthorizedClientStore store = new AuthorizedClientStore("default", database, clock);
			store.save(client(registration, "access-1"));
			way.shut();
			store.save(client(registration, "access-2"));
			assertThat(store.load(registration).getAccessToken().getTokenValue()).isEqualTo("access-2");
			assertThat(output).containsOnlyOnce("the login goes on in memory");
			way.listen();
			clock.move(Duration.ofMinutes(1));
			assertThat(store.load(registration).getAccessToken().getTokenValue()).isEqualTo("access-2");
			assertThat(database.load().accessToken().getTokenValue()).isEqualTo("access-2");
			assertThat(output).containsOnlyOnce("works again");
		}
	}

	@Test
	void whenSomebodyLogsInThenNoConnectionIsHeldMeanwhile() {
		try (HikariDataSource pool = pool()) {
			JdbcStore store = store(pool, LONG);
			try (SharedStore.Hold hold = store.hold()) {
				assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
				assertThat(new JdbcTemplate(pool).queryForObject("SELECT 1", Integer.class)).isOne();
				store.save(FileStoreTests.login("access-1", null));
				assertThat(store(postgres.dataSource(), LONG).load()).isNotNull();
			}
			assertThat(this.database.queryForList("SELECT principal_name FROM oauth2_authorized_client", String.class))
				.containsExactly("login");
		}
	}

	@Test
	void whenAConnectionHasALimitOfItsOwnThenItHasItAgainAfterwards() throws Exception {
		try (Connection connection = postgres.dataSource().getConnection()) {
			connection.setNetworkTimeout(Runnable::run, 123_000);
			JdbcStore store = store(new SingleConnectionDataSource(connection, true), LONG);
			store.save(FileStoreTests.login("access-1", null));
			assertThat(connection.getNetworkTimeout()).isEqualTo(123_000);
			assertThat(connection.getAutoCommit()).isTrue();
		}
	}

	@Test
	void whenThePoolCommitsNothingByItselfThenTheLoginIsThere() {
		try (HikariDataSource pool = pool()) {
			pool.setAutoCommit(false);
			JdbcStore store = store(pool, LONG);
			try (SharedStore.Hold hold = store.hold()) {
				store.save(FileStoreTests.login("access-1", null));
			}
			assertThat(store(postgres.dataSource(), LONG).load()).isNotNull();
		}
	}

	@Test
	void whenAnotherProcessLogsInThenOneWaitsForItsEnd() throws Exception {
		JdbcStore one = store(postgres.dataSource(), LONG);
		JdbcStore other = store(postgres.dataSource(), LONG);
		SharedStore.Hold hold = one.hold();
		CompletableFuture<SharedStore.Hold> second = CompletableFuture.supplyAsync(other::hold);
		one.save(FileStoreTests.login("access-1", null));
		assertThat(second).isNotDone();
		hold.close();
		second.get(60, TimeUnit.SECONDS).close();
	}

	@Test
	void whenAnotherProcessLogsInForTooLongThenOneGoesOnAlone() {
		JdbcStore patient = store(postgres.dataSource(), LONG);
		JdbcStore other = new JdbcStore(work(postgres.dataSource(), LONG), "flyte", "login",
				StoreKeys.encryptor("0123456789abcdef"), Duration.ofMillis(100), Clock.systemUTC());
		try (SharedStore.Hold hold = patient.hold()) {
			assertThatExceptionOfType(StoreException.class).isThrownBy(other::hold)
				.withMessageContaining("another process has been logging in for");
		}
	}

	@Test
	void whenAProcessEndedWithinALoginThenItsLeaseEndsByItself() {
		store(postgres.dataSource(), LONG).hold();
		Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));
		Clock earlier = Clock.offset(Clock.systemUTC(), Duration.ofHours(-5));
		for (Clock clock : new Clock[] { later, earlier }) {
			JdbcStore next = new JdbcStore(work(postgres.dataSource(), LONG), "flyte", "login",
					StoreKeys.encryptor("0123456789abcdef"), Duration.ofMillis(100), clock);
			assertThat(next.hold()).isNotNull();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { -59_000, -5_000, -1, 0, 1, 5_000, 59_000 })
	void whenTheClocksOfReplicasDifferThenOneStillWaitsForTheOther(long millis) {
		Instant now = Instant.now();
		JdbcLease one = lease(now);
		JdbcLease other = lease(now.plusMillis(millis));
		String owner = one.take();
		assertThat(owner).isNotNull();
		assertThat(other.take()).isNull();
		one.end(owner);
		assertThat(other.take()).isNotNull();
	}

	@Test
	void whenManyTakeTheLeaseAtOnceThenOneHasItAtATime() throws Exception {
		AtomicInteger holders = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Callable<Boolean> replica = () -> {
			JdbcStore store = new JdbcStore(patient(), "flyte", "login", StoreKeys.encryptor("0123456789abcdef"), LONG,
					Clock.systemUTC());
			for (int i = 0; i < 5; i++) {
				try (SharedStore.Hold hold = store.hold()) {
					most.accumulateAndGet(holders.incrementAndGet(), Math::max);
					store.load();
					holders.decrementAndGet();
				}
			}
			return true;
		};
		ExecutorService threads = Executors.newFixedThreadPool(5);
		try {
			for (Future<Boolean> result : threads.invokeAll(Collections.nCopies(5, replica))) {
				assertThat(result.get()).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(most).hasValue(1);
	}

	private static JdbcLease lease(Instant now) {
		return new JdbcLease(patient(), "flyte", "login.lease", LONG, Clock.fixed(now, ZoneOffset.UTC));
	}

	private static JdbcWork patient() {
		return JdbcWork.with(postgres.dataSource(), new JdbcPatience(LONG, LONG, LONG, LONG));
	}

	private static void failsSoon(Callable<?> action) throws Exception {
		CompletableFuture<Object> result = CompletableFuture.supplyAsync(() -> {
			try {
				return action.call();
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> result.get(60, TimeUnit.SECONDS));
	}

	/** Connections that go silent as soon as they are given. */
	private static ClientRegistration registration() {
		return ClientRegistration.withRegistrationId("flyte")
			.clientId("id")
			.authorizationGrantType(new AuthorizationGrantType("test"))
			.build();
	}

	private static OAuth2AuthorizedClient client(ClientRegistration registration, String token) {
		return new OAuth2AuthorizedClient(registration, "flyte", FileStoreTests.login(token, null).accessToken());
	}

	private static DataSource swallowing(FaultProxy relay) {
		return new DelegatingDataSource(postgres.dataSource(relay.port())) {

			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				relay.swallow();
				return connection;
			}

		};
	}

	private static HikariDataSource pool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setDataSource(postgres.dataSource());
		pool.setMaximumPoolSize(1);
		return pool;
	}

	private static JdbcStore store(DataSource dataSource, Duration networkPatience) {
		return new JdbcStore(work(dataSource, networkPatience), "flyte", "login",
				StoreKeys.encryptor("0123456789abcdef"), LONG, Clock.systemUTC());
	}

	private static JdbcWork work(DataSource dataSource, Duration networkPatience) {
		return new JdbcWork(dataSource, Duration.ofSeconds(1), networkPatience);
	}

}
