package io.flyteconnect.internal.store;

import java.sql.SQLTransientConnectionException;

/**
 * Thrown when a database provided no connection in time.
 */
public final class NoConnectionException extends SQLTransientConnectionException {

	public NoConnectionException(String message) {
		super(message);
	}

}
