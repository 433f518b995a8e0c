package io.flyteconnect.internal.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.flyteconnect.internal.store.NoConnectionException;

/**
 * Limits the time that a login waits for a connection of the application's database: the
 * threads that use all connections of the pool may wait for this login. A pool waits for
 * 30 s by default, which cannot be changed for a single caller.
 */
class BoundedDataSource extends DelegatingDataSource {

	private final Duration patience;

	/** The number of threads that wait for a connection which is no longer needed. */
	private final AtomicInteger late = new AtomicInteger();

	BoundedDataSource(DataSource dataSource, Duration patience) {
		super(dataSource);
		this.patience = patience;
	}

	/**
	 * Return a connection.
	 * @throws NoConnectionException if there was none in time, or an earlier request is
	 * still waiting, so that waiting threads do not accumulate
	 */
	@Override
	public Connection getConnection() throws SQLException {
		if (this.late.get() > 0) {
			throw new NoConnectionException("the database has not given the connection yet that was asked for before");
		}
		CompletableFuture<Connection> request = new CompletableFuture<>();
		Thread thread = new Thread(() -> connect(request), "flyte-store-connection");
		thread.setDaemon(true);
		thread.start();
		try {
			return request.get(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			giveUp(request);
			throw new NoConnectionException("the database gave no connection within " + this.patience.toSeconds()
					+ " s; callers within transactions may hold all connections of the pool");
		}
		catch (InterruptedException ex) {
			giveUp(request);
			Thread.currentThread().interrupt();
			throw new NoConnectionException("interrupted while waiting for a connection");
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof SQLException failure) {
				throw failure;
			}
			throw new SQLException(ex.getCause());
		}
	}

	/**
	 * The thread must not be interrupted, which would close the files of an embedded
	 * database.
	 */
	private void connect(CompletableFuture<Connection> request) {
		try {
			Connection connection = super.getConnection();
			if (!request.complete(connection)) {
				connection.close();
			}
		}
		catch (Throwable ex) {
			request.completeExceptionally(ex);
		}
		finally {
			if (request.isCancelled()) {
				this.late.decrementAndGet();
			}
		}
	}

	private void giveUp(CompletableFuture<Connection> request) throws SQLException {
		this.late.incrementAndGet();
		if (!request.cancel(false)) {
			this.late.decrementAndGet();
			if (!request.isCompletedExceptionally()) {
				// The connection arrived at this very moment.
				request.join().close();
			}
		}
	}

}
