package io.flyteconnect.oauth2.store;

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
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.PostgresServer;
import io.flyteconnect.testsupport.RotatingProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two replicas of a service with one database.
 */
class ReplicasTests {

	private static final String SCHEMA = "org/springframework/security/oauth2/client/oauth2-client-schema";

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
			new ResourceDatabasePopulator(new ClassPathResource(SCHEMA + "-postgres.sql")).execute(database);
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
				assertThat(caller.get(30, TimeUnit.SECONDS)).isTrue();
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
				assertThat(caller.get(120, TimeUnit.SECONDS)).isGreaterThan(4);
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
				"SELECT client_registration_id, access_token_value, refresh_token_value FROM oauth2_authorized_client",
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
			version(replica(database, "--flyte.platform.url=localhost:" + other.port()));
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
		stub.withDeadline(Duration.ofSeconds(20)).blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	static JdbcConnectionPool h2() {
		JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
				"sa", "");
		new ResourceDatabasePopulator(new ClassPathResource(SCHEMA + ".sql")).execute(pool);
		return pool;
	}

	private FlyteAdminStub replica(DataSource database, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--flyte.config-file=none", "--flyte.platform.insecure=true",
				"--flyte.credentials.auth-mode=device-flow", "--flyte.credentials.interactive=always",
				"--flyte.credentials.device-flow.refresh-time=0s", "--flyte.credentials.store=jdbc",
				"--flyte.credentials.store-key=0123456789abcdef", "--flyte.channel.max-retries=0"));
		all.addAll(List.of(arguments));
		if (arguments.length == 0) {
			all.add("--flyte.platform.url=localhost:" + this.server.port());
		}
		SpringApplication application = new SpringApplicationBuilder(Replica.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.initializers((ApplicationContextInitializer<GenericApplicationContext>) (context) -> context
				.registerBean("dataSource", DataSource.class, () -> database))
			.build();
		ConfigurableApplicationContext context = application.run(all.toArray(String[]::new));
		this.replicas.add(context);
		return context.getBean(FlyteAdminStub.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FlyteAutoConfiguration.class, GrpcClientAutoConfiguration.class,
			SslAutoConfiguration.class })
	static class Replica {

	}

}
