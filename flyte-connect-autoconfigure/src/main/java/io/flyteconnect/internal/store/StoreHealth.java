package io.flyteconnect.internal.store;

import java.time.Clock;
import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

import io.flyteconnect.internal.file.UnusableFileException;
import io.flyteconnect.internal.file.UnusableFileException.Problem;
import io.flyteconnect.internal.store.SharedStore.Hold;
import io.flyteconnect.internal.text.SafeText;

/**
 * Tracks for all threads whether a store works. Logs once that it fails, and once that it
 * works again.
 */
public class StoreHealth {

	private static final Log logger = LogFactory.getLog(StoreHealth.class);

	/** The duration of a failed attempt from which on the store counts as slow. */
	private static final Duration SLOW = Duration.ofSeconds(1);

	/** How long a slow store is not used. */
	private static final Duration PAUSE = Duration.ofSeconds(30);

	private final String name;

	private final Clock clock;

	private boolean failing;

	private long pausedFromMillis;

	private long pausedUntilMillis;

	public StoreHealth(String name, Clock clock) {
		this.name = name;
		this.clock = clock;
	}

	/**
	 * Run an operation of the store.
	 * @param what what is tried, for the message
	 * @param action tries it
	 * @return whether it succeeded
	 */
	boolean attempt(String what, Runnable action) {
		return !isPaused() && attemptDespitePause(what, action);
	}

	/**
	 * Try to lock the store. A working store may need long for this, so a late failure
	 * does not make the store a slow one.
	 * @param store the store
	 * @return the hold, {@link Hold#NONE} if there is none
	 */
	public Hold attemptHold(SharedStore store) {
		if (isPaused()) {
			return Hold.NONE;
		}
		try {
			return store.hold();
		}
		catch (RuntimeException ex) {
			if (isUnreachable(ex)) {
				pause(this.clock.millis());
			}
			failed("locked", ex);
			return Hold.NONE;
		}
	}

	/**
	 * Unlock the store. Runs even after failures of the store, since others would be
	 * locked out until the hold is closed.
	 * @param hold the hold
	 * @return whether it ended well
	 */
	boolean attemptRelease(Hold hold) {
		return hold == Hold.NONE || attemptDespitePause("written", hold::close);
	}

	private boolean attemptDespitePause(String what, Runnable action) {
		long start = this.clock.millis();
		try {
			action.run();
			recovered();
			return true;
		}
		catch (RuntimeException ex) {
			long end = this.clock.millis();
			if (end - start >= SLOW.toMillis() || isUnreachable(ex)) {
				pause(end);
			}
			failed(what, ex);
			return false;
		}
	}

	private static boolean isUnreachable(RuntimeException ex) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		return root instanceof NoConnectionException
				|| root instanceof UnusableFileException file && file.getProblem() == Problem.NO_ANSWER;
	}

	private synchronized void pause(long nowMillis) {
		this.pausedFromMillis = nowMillis;
		this.pausedUntilMillis = nowMillis + PAUSE.toMillis();
	}

	/** The pause ends if the clock is set back, since it would otherwise last longer. */
	private synchronized boolean isPaused() {
		long now = this.clock.millis();
		return now >= this.pausedFromMillis && now < this.pausedUntilMillis;
	}

	private synchronized void recovered() {
		if (this.failing) {
			this.failing = false;
			logger.info(this.name + " works again");
		}
	}

	private synchronized void failed(String what, RuntimeException ex) {
		String message = this.name + " could not be " + what + ", the login goes on in memory: " + reason(ex);
		if (this.failing) {
			logger.debug(message);
		}
		else {
			this.failing = true;
			logger.warn(message);
		}
	}

	private static @Nullable String reason(RuntimeException ex) {
		if (ex instanceof StoreException) {
			return ex.getMessage();
		}
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		if (root instanceof NoConnectionException) {
			return root.getMessage();
		}
		return root.getClass().getSimpleName() + ": " + SafeText.of(root.getMessage());
	}

}
