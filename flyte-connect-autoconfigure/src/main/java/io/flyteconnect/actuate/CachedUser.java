package io.flyteconnect.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.identity.FlyteUser;
import io.flyteconnect.identity.FlyteUsers;
import io.flyteconnect.internal.call.CallInterceptors;
import io.flyteconnect.internal.call.authorization.CallAuthorization;

/**
 * Who Flyte takes a connection for, asked once a minute at most. Whoever looks waits two
 * seconds at most, and no person is asked to log in. Not to know is remembered as well: a
 * Flyte that is down does not slow down each look.
 */
final class CachedUser {

	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);

	private final FlyteUsers users;

	private final Clock clock;

	private final ReentrantLock asking = new ReentrantLock();

	private volatile Known known = new Known(null, Instant.MIN);

	CachedUser(FlyteConnection connection, Clock clock, Duration deadline) {
		this.users = new FlyteUsers(connection.admin()
			.withDeadline(deadline)
			.identity()
			.blocking()
			.withOption(CallAuthorization.WITHOUT_PERSON, true)
			.withOption(CallInterceptors.AT_MOST_TWICE, true));
		this.clock = clock;
	}

	/**
	 * Return the user. While one thread asks, others take what was known before.
	 * @return the user, or {@code null} if it is not known
	 */
	@Nullable FlyteUser get() {
		if (isOver() && this.asking.tryLock()) {
			try {
				if (isOver()) {
					this.known = new Known(ask(), this.clock.instant().plus(TIME_TO_LIVE));
				}
			}
			finally {
				this.asking.unlock();
			}
		}
		return this.known.user();
	}

	private boolean isOver() {
		return !this.clock.instant().isBefore(this.known.until());
	}

	private @Nullable FlyteUser ask() {
		try {
			return this.users.whoAmI();
		}
		catch (StatusRuntimeException ex) {
			return null;
		}
	}

	private record Known(@Nullable FlyteUser user, Instant until) {

	}

}
