package io.flyteconnect.oauth2.store;

import java.sql.SQLTransientConnectionException;

/**
 * A database gave no connection in time.
 */
final class NoConnectionException extends SQLTransientConnectionException {

	NoConnectionException(String message) {
		super(message);
	}

}
