package io.flyteconnect.internal.store.jdbc;

import java.sql.SQLTransientConnectionException;

/**
 * A database gave no connection in time.
 */
public final class NoConnectionException extends SQLTransientConnectionException {

	NoConnectionException(String message) {
		super(message);
	}

}
