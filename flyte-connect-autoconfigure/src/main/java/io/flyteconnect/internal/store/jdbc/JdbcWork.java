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
 * Runs operations on the application's database in short transactions of their own, with
 * time limits in case the database does not respond. The database enforces the limit of a
 * statement ({@code Statement.setQueryTimeout}). If it does not, there is a limit of the
 * connection, if the driver supports it ({@code Connection.setNetworkTimeout}).
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
		// This data source neither closes the connection nor wraps it in a proxy.
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
			// The driver does not support it, or the connection is broken.
			logger.trace("No network timeout", ex);
			return false;
		}
	}

}
