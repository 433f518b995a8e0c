package io.flyteconnect.oauth2.store;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a store cannot do its work. Its text holds no token and no key.
 */
class StoreException extends RuntimeException {

	StoreException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
