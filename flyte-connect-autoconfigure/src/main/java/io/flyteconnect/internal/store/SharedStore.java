package io.flyteconnect.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * Stores one login so that it is available to other processes. Every method may throw any
 * runtime exception, which {@link AuthorizedClientStore} handles. The {@code toString()}
 * is the name of the place for messages.
 *
 * @since 0.1.0
 */
public interface SharedStore {

	/**
	 * Read the login.
	 * @return the login, or {@code null} if there is none
	 */
	@Nullable StoredLogin load();

	/**
	 * Write the login in place of the present one.
	 * @param login the login
	 */
	void save(StoredLogin login);

	/**
	 * Remove the login, if there is one.
	 */
	void remove();

	/**
	 * Wait until no other process renews the login, and prevent others from renewing it
	 * until the same thread closes the hold. The wait has a time limit.
	 * @return the hold
	 */
	Hold hold();

	/**
	 * The right to renew the login.
	 */
	interface Hold extends AutoCloseable {

		/** A hold without effect: others may renew the login at the same time. */
		Hold NONE = () -> {
		};

		@Override
		void close();

	}

}
