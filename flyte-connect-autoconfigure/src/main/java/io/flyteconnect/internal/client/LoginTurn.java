package io.flyteconnect.internal.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.login.PersonLoginException;

/**
 * Lets the logins that take each other's place in a connection do something one after the
 * other: use a refresh token, which may be good for one request only, or ask a person,
 * for which there may be one port.
 */
final class LoginTurn {

	private static final Duration LONGEST_END_OF_ASKING = Duration.ofSeconds(5);

	private final @Nullable Duration limit;

	private volatile Lock lock = new ReentrantLock(true);

	private LoginTurn(@Nullable Duration limit) {
		this.limit = limit;
	}

	/**
	 * Return the turn of renewals, which end by their own time limit.
	 */
	static LoginTurn ofRenewal() {
		return new LoginTurn(null);
	}

	/**
	 * Return the turn of asking, which the other ends at once. If it does not, the turn
	 * is taken all the same.
	 */
	static LoginTurn ofAsking() {
		return new LoginTurn(LONGEST_END_OF_ASKING);
	}

	/**
	 * Wait for the end of what another login does.
	 * @param previous the turn of that login
	 */
	void follow(LoginTurn previous) {
		this.lock = previous.lock;
	}

	<T> T take(Supplier<T> action) {
		Lock lock = this.lock;
		boolean taken = await(lock, this.limit);
		try {
			return action.get();
		}
		finally {
			if (taken) {
				lock.unlock();
			}
		}
	}

	private static boolean await(Lock lock, @Nullable Duration limit) {
		try {
			if (limit != null) {
				return lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
			}
			lock.lockInterruptibly();
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PersonLoginException("login_cancelled", "the connection is closed", null);
		}
	}

}
