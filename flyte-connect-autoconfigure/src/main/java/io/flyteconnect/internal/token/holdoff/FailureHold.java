package io.flyteconnect.internal.token.holdoff;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginFailure;

/**
 * Keeps the failure of a login for a short while, during which it stands for every other
 * attempt. The first failure of a row is logged as a warning.
 */
public final class FailureHold {

	private static final Log logger = LogFactory.getLog(FailureHold.class);

	private final String name;

	private volatile @Nullable Held held;

	private volatile @Nullable LoginFailure latest;

	/**
	 * Create it.
	 * @param name what fails, for the log
	 */
	public FailureHold(String name) {
		this.name = name;
	}

	/**
	 * Return the failure that is being held.
	 * @param nowMillis the time
	 * @return the failure, or {@code null} if another attempt may be made
	 */
	public @Nullable LoginException at(long nowMillis) {
		Held recent = this.held;
		return (recent != null && recent.time().lastsAt(nowMillis)) ? recent.exception() : null;
	}

	/**
	 * Return how the last attempt ended, whether it is still held off or not.
	 * @return its failure, or {@code null} if there was none since the last success
	 */
	public @Nullable LoginException last() {
		Held last = this.held;
		return (last != null) ? last.exception() : null;
	}

	/**
	 * Return the last attempt that failed, also where there was a success since.
	 * @return the failure, or {@code null} if there was none
	 */
	public @Nullable LoginFailure latest() {
		return this.latest;
	}

	/**
	 * Hold a failure, for longer the more there were in a row.
	 * @param ex the failure
	 * @param nowMillis the time
	 */
	public void hold(LoginException ex, long nowMillis) {
		this.latest = new LoginFailure(ex.getStep(), Instant.ofEpochMilli(nowMillis),
				SafeText.message(String.valueOf(ex.getMessage())));
		Held last = this.held;
		int count = (last != null) ? last.count() + 1 : 1;
		BackOff backOff = ex.isPersonAbsent() ? BackOff.PERSON
				: ex.isPermanent() ? BackOff.PERMANENT : BackOff.TRANSIENT;
		Duration pause = backOff.pause(count, ThreadLocalRandom.current()::nextDouble);
		if (ex.getRetryAfter() != null && ex.getRetryAfter().compareTo(pause) > 0) {
			pause = ex.getRetryAfter();
		}
		this.held = new Held(ex, count, HoldOff.of(nowMillis, pause));
		String message = this.name + " failed (step: " + ex.getStep() + "): " + ex.getMessage() + ". Next try in "
				+ pause.toMillis() + " ms at the earliest";
		if (count == 1) {
			logger.warn(message);
		}
		else {
			logger.debug(message);
		}
	}

	/**
	 * Hold nothing more: there was a success, or another attempt is wanted.
	 */
	public void end() {
		this.held = null;
	}

	private record Held(LoginException exception, int count, HoldOff time) {

	}

}
