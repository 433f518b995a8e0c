package io.flyteconnect.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * Keeps one login where other processes find it. Every method may fail with any runtime
 * exception: {@link AuthorizedClientStore} sees to it that no call does. The name of the
 * place, for messages, is the {@code toString()}.
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
	 * Write the login in place of the one that is there.
	 * @param login the login
	 */
	void save(StoredLogin login);

	/**
	 * Remove the login, if there is one.
	 */
	void remove();

	/**
	 * Wait until no other process renews the login, and keep others from it until the
	 * hold is closed by the same thread. Bounded in time.
	 * @return the hold
	 */
	Hold hold();

	/**
	 * The right to renew the login.
	 */
	interface Hold extends AutoCloseable {

		/** What holds nothing: others may renew the login at the same time. */
		Hold NONE = () -> {
		};

		@Override
		void close();

	}

}
