package io.flyteconnect.internal.store;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.transaction.support.TransactionTemplate;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.internal.store.file.FileStoreTests;
import io.flyteconnect.internal.store.jdbc.BoundedDataSourceTests;
import io.flyteconnect.internal.store.jdbc.JdbcPatience;
import io.flyteconnect.internal.store.jdbc.JdbcStore;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.RotatingProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the shared store when the application's own calls hold all connections of the
 * pool, which they give back only after the login.
 */
@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
class ExhaustedPoolTests {

	private static final ClientRegistration REGISTRATION = ClientRegistration.withRegistrationId("flyte")
		.clientId("id")
		.authorizationGrantType(new AuthorizationGrantType("test"))
		.build();

	private LoginServer server;

	private RotatingProvider idp;

	@BeforeEach
	void start() throws Exception {
		this.server = new LoginServer();
		this.idp = new RotatingProvider(this.server);
	}

	@AfterEach
	void stop() throws Exception {
		this.idp.close();
		this.server.close();
	}

	@Test
	void whenCallersInTransactionsHoldAllConnectionsThenTheLoginGoesOnInMemory(CapturedOutput output) throws Exception {
		try (HikariDataSource pool = database(10);
				ConfigurableApplicationContext context = Replica.start(pool, this.server.port())) {
			callWithinTransactions(10, pool, context.getBean(FlyteAdminStub.class));
			assertThat(this.idp.logins).hasValue(1);
			assertThat(output).containsOnlyOnce("the login goes on in memory")
				.contains("the database gave no connection within 3 s");
			assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		}
	}

	private void callWithinTransactions(int callers, DataSource pool, FlyteAdminStub stub) throws Exception {
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
		JdbcTemplate jdbc = new JdbcTemplate(pool);
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		try {
			CountDownLatch gate = new CountDownLatch(callers);
			List<Future<Object>> calls = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				calls.add(threads.submit(() -> transaction.execute((status) -> {
					jdbc.queryForObject("SELECT 1", Integer.class);
					arrive(gate);
					return stub.withDeadline(Duration.ofSeconds(100))
						.blocking()
						.getVersion(GetVersionRequest.getDefaultInstance());
				})));
			}
			for (Future<Object> call : calls) {
				assertThat(call.get(120, TimeUnit.SECONDS)).isNotNull();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void arrive(CountDownLatch gate) {
		try {
			gate.countDown();
			gate.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void whenPoolHasConnectionsAgainThenTheStoreIsUsedAgain(CapturedOutput output) throws Exception {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
		try (HikariDataSource pool = database(1)) {
			AuthorizedClientStore store = new AuthorizedClientStore("default",
					new JdbcStore(pool,
							new JdbcPatience(Duration.ofMillis(50), Duration.ofSeconds(4), Duration.ofSeconds(5),
									Duration.ofSeconds(10)),
							"flyte", "login", StoreKeys.encryptor("0123456789abcdef")),
					clock(now));
			try (Connection only = pool.getConnection()) {
				assertThat(only).isNotNull();
				store.exclusively(() -> save(store));
				assertThat(token(store)).isEqualTo("access-1");
				assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection()).isOne();
			}
			assertThat(token(store)).isEqualTo("access-1");
			assertThat(rows(pool)).isZero();
			await().untilAsserted(() -> {
				now.updateAndGet((time) -> time.plusSeconds(31));
				assertThat(token(store)).isEqualTo("access-1");
				assertThat(rows(pool)).isOne();
			});
			assertThat(output).containsOnlyOnce("could not be locked, the login goes on in memory")
				.containsOnlyOnce("works again");
		}
	}

	private static boolean save(AuthorizedClientStore store) {
		StoredLogin login = FileStoreTests.login("access-1", null);
		store.save(new OAuth2AuthorizedClient(REGISTRATION, "flyte", login.accessToken()));
		return true;
	}

	private static String token(AuthorizedClientStore store) {
		OAuth2AuthorizedClient client = store.load(REGISTRATION);
		return client.getAccessToken().getTokenValue();
	}

	private static Integer rows(DataSource pool) {
		return new JdbcTemplate(pool).queryForObject("SELECT count(*) FROM oauth2_authorized_client", Integer.class);
	}

	private static Clock clock(AtomicReference<Instant> now) {
		return new Clock() {

			@Override
			public ZoneOffset getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

			@Override
			public Instant instant() {
				return now.get();
			}

		};
	}

	private static HikariDataSource database(int size) {
		HikariDataSource pool = BoundedDataSourceTests.hikari(size);
		Replica.createTable(pool, "");
		return pool;
	}

}
