package io.flyteconnect.internal.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does something with the application's database, in a transaction of its own that is
 * over soon: nothing of it waits for a database that has stopped to answer. A statement
 * has its own limit, which the database keeps ({@code Statement.setQueryTimeout}); for
 * one that does not even do that, the connection has another one, where the driver knows
 * it ({@code Connection.setNetworkTimeout}).
 */
final class JdbcWork {

	private static final Log logger = LogFactory.getLog(JdbcWork.class);

	private final DataSource dataSource;

	private final Duration statementPatience;

	private final Duration networkPatience;

	/**
	 * Create work.
	 * @param dataSource gives a connection within a limit of its own
	 * @param statementPatience how long a statement may take, at least a second
	 * @param networkPatience how long the database may say nothing
	 */
	JdbcWork(DataSource dataSource, Duration statementPatience, Duration networkPatience) {
		this.dataSource = dataSource;
		this.statementPatience = statementPatience;
		this.networkPatience = networkPatience;
	}

	static JdbcWork with(DataSource dataSource, JdbcPatience patience) {
		return new JdbcWork(new BoundedDataSource(dataSource, patience.connection()), patience.statement(),
				patience.network());
	}

	<T extends @Nullable Object> T call(Function<JdbcTemplate, T> work) {
		Connection connection = connect();
		int usual = limit(connection);
		try {
			return inTransaction(connection, work);
		}
		finally {
			if (usual >= 0) {
				setNetworkTimeout(connection, usual);
			}
			JdbcUtils.closeConnection(connection);
		}
	}

	private <T extends @Nullable Object> T inTransaction(Connection connection, Function<JdbcTemplate, T> work) {
		// It neither closes the connection nor stands for it by a proxy.
		SingleConnectionDataSource one = new SingleConnectionDataSource(connection, false);
		JdbcTemplate jdbc = new JdbcTemplate(one);
		jdbc.setQueryTimeout((int) this.statementPatience.toSeconds());
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(one));
		transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		return transaction.execute((status) -> work.apply(jdbc));
	}

	private Connection connect() {
		try {
			return this.dataSource.getConnection();
		}
		catch (SQLException ex) {
			throw new CannotGetJdbcConnectionException("No connection", ex);
		}
	}

	/**
	 * Set the limit.
	 * @return the one before, or -1 if the driver knows none
	 */
	private int limit(Connection connection) {
		try {
			int usual = connection.getNetworkTimeout();
			return setNetworkTimeout(connection, (int) this.networkPatience.toMillis()) ? usual : -1;
		}
		catch (SQLException | RuntimeException | AbstractMethodError ex) {
			logger.trace("No network timeout", ex);
			return -1;
		}
	}

	private static boolean setNetworkTimeout(Connection connection, int millis) {
		try {
			connection.setNetworkTimeout(Runnable::run, millis);
			return true;
		}
		catch (SQLException | RuntimeException | AbstractMethodError ex) {
			// Not with this driver, or the connection is broken.
			logger.trace("No network timeout", ex);
			return false;
		}
	}

}
