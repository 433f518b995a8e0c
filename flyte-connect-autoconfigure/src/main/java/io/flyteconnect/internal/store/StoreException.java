package io.flyteconnect.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a store fails. The message contains no token and no key.
 */
public class StoreException extends RuntimeException {

	public StoreException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
