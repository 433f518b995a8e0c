package io.flyteconnect.internal.store;

import java.sql.SQLTransientConnectionException;

/**
 * A database gave no connection in time.
 */
public final class NoConnectionException extends SQLTransientConnectionException {

	public NoConnectionException(String message) {
		super(message);
	}

}
