package io.flyteconnect.internal.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.PostgresServer;
import io.flyteconnect.testsupport.RotatingProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two replicas of a service with one database.
 */
@Tag("once")
class ReplicasTests {

	private final List<ConfigurableApplicationContext> replicas = new ArrayList<>();

	private LoginServer server;

	private RotatingProvider idp;

	@BeforeEach
	void start() throws Exception {
		this.server = new LoginServer();
		this.idp = new RotatingProvider(this.server);
	}

	@AfterEach
	void stop() throws Exception {
		this.replicas.forEach(ConfigurableApplicationContext::close);
		this.idp.close();
		this.server.close();
	}

	@Test
	void whenReplicasShareH2ThenNoLoginIsLost() throws Exception {
		DataSource database = h2();
		keepCalling(database);
	}

	@Test
	void whenReplicasSharePostgresThenNoLoginIsLost() throws Exception {
		try (PostgresServer postgres = new PostgresServer()) {
			DataSource database = postgres.dataSource();
			Replica.createTable(database, "-postgres");
			startCold(database);
			new JdbcTemplate(database).execute("DELETE FROM oauth2_authorized_client");
			stopReplicas();
			this.idp.logins.set(0);
			keepCalling(database);
			this.replicas.forEach(ConfigurableApplicationContext::close);
		}
	}

	@Test
	void whenReplicasAreBothColdThenOnePersonIsAsked() throws Exception {
		startCold(h2());
	}

	private void startCold(DataSource database) throws Exception {
		this.idp.delay = Duration.ofMillis(500);
		List<FlyteAdminStub> cold = List.of(replica(database), replica(database), replica(database));
		ExecutorService threads = Executors.newFixedThreadPool(cold.size());
		try {
			CountDownLatch gate = new CountDownLatch(cold.size());
			List<Future<Boolean>> callers = new ArrayList<>();
			for (FlyteAdminStub stub : cold) {
				callers.add(threads.submit(() -> {
					gate.countDown();
					gate.await();
					version(stub);
					return true;
				}));
			}
			for (Future<Boolean> caller : callers) {
				assertThat(caller.get(120, TimeUnit.SECONDS)).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.idp.logins).hasValue(1);
		assertThat(this.idp.refreshes).hasValue(0);
	}

	private void stopReplicas() {
		this.replicas.forEach(ConfigurableApplicationContext::close);
		this.replicas.clear();
	}

	// Both see the end of a token at the same time, four times over, with 50 callers.
	private void keepCalling(DataSource database) throws Exception {
		this.idp.life = Duration.ofSeconds(2);
		this.idp.delay = Duration.ofMillis(150);
		FlyteAdminStub first = replica(database);
		long start = System.nanoTime();
		version(first);
		FlyteAdminStub second = replica(database);
		ExecutorService threads = Executors.newFixedThreadPool(50);
		try {
			CountDownLatch gate = new CountDownLatch(50);
			List<Future<Integer>> callers = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				FlyteAdminStub stub = (i % 2 == 0) ? first : second;
				callers.add(threads.submit(() -> {
					gate.countDown();
					gate.await();
					return callUntil(stub, () -> this.idp.refreshes.get() >= 4);
				}));
			}
			for (Future<Integer> caller : callers) {
				assertThat(caller.get(120, TimeUnit.SECONDS)).isPositive();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.idp.logins).hasValue(1);
		assertThat(this.idp.refusals).hasValue(0);
		// Were each replica to renew each token, there would be twice as many.
		long lives = Duration.ofNanos(System.nanoTime() - start).dividedBy(this.idp.life);
		assertThat(this.idp.refreshes.get()).isBetween(4, (int) (lives * 3 / 2) + 2);
		List<String> stored = new JdbcTemplate(database).query(
				"SELECT client_registration_id, access_token_value, refresh_token_value FROM oauth2_authorized_client"
						+ " WHERE principal_name NOT LIKE '%.lease'",
				(row, number) -> row.getString(1) + " " + new String(row.getBytes(2)) + " " + row.getBytes(3));
		assertThat(stored).hasSize(1);
		assertThat(stored.get(0)).startsWith("flyte ").doesNotContain("access-", "refresh-");
	}

	@Test
	void whenReplicaIsStartedAnewThenItAsksForNoToken() {
		DataSource database = h2();
		version(replica(database));
		this.replicas.remove(0).close();
		FlyteAdminStub again = replica(database);
		version(again);
		assertThat(this.idp.logins).hasValue(1);
		assertThat(this.idp.refreshes).hasValue(0);
		assertThat(this.server.authorizations).endsWith("Bearer access-1").doesNotContain("Bearer access-2");
	}

	@Test
	void whenStoredTokenIsRefusedThenItIsRenewedAndNotLoadedAgain() {
		DataSource database = h2();
		version(replica(database));
		this.server.accepted.clear();
		version(replica(database));
		assertThat(this.idp.logins).hasValue(1);
		assertThat(this.idp.refreshes).hasValue(1);
		int refusals = this.server.refusals.get();
		version(replica(database));
		assertThat(this.server.refusals).hasValue(refusals);
		assertThat(this.idp.refreshes).hasValue(1);
	}

	@Test
	void whenDatabaseIsGoneThenLoginGoesOnInMemory() {
		JdbcConnectionPool database = h2();
		FlyteAdminStub stub = replica(database);
		version(stub);
		new JdbcTemplate(database).execute("DROP TABLE oauth2_authorized_client");
		this.server.accepted.clear();
		version(stub);
		assertThat(this.idp.logins).hasValue(1);
		assertThat(this.idp.refreshes).hasValue(1);
	}

	@Test
	void whenOtherServerIsConfiguredThenItsLoginIsAnother() throws Exception {
		DataSource database = h2();
		version(replica(database));
		try (LoginServer other = new LoginServer(); RotatingProvider otherIdp = new RotatingProvider(other)) {
			version(replica(database, other));
			assertThat(otherIdp.logins).hasValue(1);
			assertThat(other.authorizations).containsExactly("null", "Bearer access-1");
		}
	}

	private static int callUntil(FlyteAdminStub stub, BooleanSupplier enough) throws InterruptedException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		int calls = 0;
		while (!enough.getAsBoolean() && System.nanoTime() < end) {
			version(stub);
			calls++;
			Thread.sleep(20);
		}
		return calls;
	}

	private static void version(FlyteAdminStub stub) {
		stub.withDeadline(Duration.ofSeconds(60)).blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	static JdbcConnectionPool h2() {
		JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
				"sa", "");
		Replica.createTable(pool, "");
		return pool;
	}

	private FlyteAdminStub replica(DataSource database) {
		return replica(database, this.server);
	}

	private FlyteAdminStub replica(DataSource database, LoginServer flyte) {
		ConfigurableApplicationContext context = Replica.startPatient(database, flyte.port(),
				"--flyte.credentials.device-flow.refresh-time=0s", "--flyte.channel.max-retries=0");
		this.replicas.add(context);
		return context.getBean(FlyteAdminStub.class);
	}

}
