package io.flyteconnect.internal.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.flyteconnect.internal.store.NoConnectionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link BoundedDataSource}, with the pool that Spring Boot brings.
 */
@Tag("fault")
public class BoundedDataSourceTests {

	private HikariDataSource pool;

	private BoundedDataSource bounded;

	@BeforeEach
	void open() {
		this.pool = hikari(2);
		this.bounded = new BoundedDataSource(this.pool, Duration.ofMillis(200));
	}

	@AfterEach
	void close() {
		this.pool.close();
	}

	public static HikariDataSource hikari(int size) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		pool.setUsername("sa");
		pool.setMaximumPoolSize(size);
		return pool;
	}

	@Test
	void whenPoolHasConnectionThenItIsGiven() throws SQLException {
		try (Connection one = this.bounded.getConnection(); Connection other = this.bounded.getConnection()) {
			assertThat(one.isValid(1)).isTrue();
			assertThat(other.isValid(1)).isTrue();
		}
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	@Test
	void whenPoolIsExhaustedThenTheWaitIsShortAndNobodyElseWaits() throws SQLException {
		List<Connection> all = List.of(this.pool.getConnection(), this.pool.getConnection());
		assertThatExceptionOfType(NoConnectionException.class).isThrownBy(this.bounded::getConnection)
			.withMessageContaining("within")
			.withMessageContaining("pool");
		for (int i = 0; i < 20; i++) {
			assertThatExceptionOfType(NoConnectionException.class).isThrownBy(this.bounded::getConnection)
				.withMessageContaining("before");
		}
		assertThat(this.pool.getHikariPoolMXBean().getThreadsAwaitingConnection()).isOne();
		for (Connection connection : all) {
			connection.close();
		}
		// What comes too late goes back, and the pool is used again.
		await().until(() -> this.pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0
				&& this.pool.getHikariPoolMXBean().getActiveConnections() == 0);
		await().ignoreExceptions().untilAsserted(() -> this.bounded.getConnection().close());
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	@Test
	void whenAnotherKindOfPoolIsExhaustedThenTheWaitIsShortAsWell() throws SQLException {
		JdbcConnectionPool other = JdbcConnectionPool.create(this.pool.getJdbcUrl(), "sa", "");
		other.setMaxConnections(1);
		BoundedDataSource source = new BoundedDataSource(other, Duration.ofMillis(200));
		Connection only = other.getConnection();
		assertThatExceptionOfType(NoConnectionException.class).isThrownBy(source::getConnection);
		only.close();
		await().ignoreExceptions().untilAsserted(() -> source.getConnection().close());
		assertThat(other.getActiveConnections()).isZero();
		other.dispose();
	}

	@Test
	void whenDatabaseFailsThenItsOwnFailureIsThrown() {
		BoundedDataSource gone = new BoundedDataSource(
				new DriverManagerDataSource("jdbc:h2:mem:gone;IFEXISTS=TRUE", "sa", ""), Duration.ofSeconds(5));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(gone::getConnection)
				.isNotInstanceOf(NoConnectionException.class)
				.withMessageContaining("not found");
		}
	}

	@Test
	void whenLoginIsStoppedThenItWaitsNoLonger() throws Exception {
		List<Connection> all = List.of(this.pool.getConnection(), this.pool.getConnection());
		BoundedDataSource patient = new BoundedDataSource(this.pool, Duration.ofMinutes(5));
		List<Object> ends = new ArrayList<>();
		Thread login = new Thread(() -> {
			try {
				patient.getConnection();
			}
			catch (SQLException ex) {
				ends.add(ex);
				ends.add(Thread.currentThread().isInterrupted());
			}
		});
		login.start();
		await().until(() -> this.pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);
		login.interrupt();
		login.join(10_000);
		assertThat(ends).hasSize(2).element(0).isInstanceOf(NoConnectionException.class);
		assertThat(ends).element(1).isEqualTo(true);
		for (Connection connection : all) {
			connection.close();
		}
	}

}
