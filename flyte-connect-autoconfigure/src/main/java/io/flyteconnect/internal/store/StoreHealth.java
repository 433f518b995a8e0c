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
 * Whether a store works, for all threads. Says once that it does not, and once that it
 * does again.
 */
public class StoreHealth {

	private static final Log logger = LogFactory.getLog(StoreHealth.class);

	/** A store that fails this late makes logins wait. */
	private static final Duration SLOW = Duration.ofSeconds(1);

	/** How long such a store is left alone. */
	private static final Duration PAUSE = Duration.ofSeconds(30);

	private final String name;

	private final Clock clock;

	private boolean failing;

	private long aloneFromMillis;

	private long aloneUntilMillis;

	public StoreHealth(String name, Clock clock) {
		this.name = name;
		this.clock = clock;
	}

	/**
	 * Try something with the store.
	 * @param what what is tried, for the message
	 * @param action tries it
	 * @return whether it succeeded
	 */
	boolean attempt(String what, Runnable action) {
		return !isLeftAlone() && attemptAnyway(what, action);
	}

	/**
	 * Try to keep others from the store. That may take long with a store that works, so a
	 * late failure does not count as a slow store.
	 * @param store the store
	 * @return the hold, {@link Hold#NONE} if there is none
	 */
	public Hold attemptHold(SharedStore store) {
		if (isLeftAlone()) {
			return Hold.NONE;
		}
		try {
			return store.hold();
		}
		catch (RuntimeException ex) {
			if (isUnreachable(ex)) {
				leaveAlone(this.clock.millis());
			}
			failed("locked", ex);
			return Hold.NONE;
		}
	}

	/**
	 * Let others at the store again. Tried whatever the store did before: a hold that is
	 * never closed keeps them out for good.
	 * @param hold the hold
	 * @return whether it ended well
	 */
	boolean attemptRelease(Hold hold) {
		return hold == Hold.NONE || attemptAnyway("written", hold::close);
	}

	private boolean attemptAnyway(String what, Runnable action) {
		long start = this.clock.millis();
		try {
			action.run();
			recovered();
			return true;
		}
		catch (RuntimeException ex) {
			long end = this.clock.millis();
			if (end - start >= SLOW.toMillis() || isUnreachable(ex)) {
				leaveAlone(end);
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

	private synchronized void leaveAlone(long nowMillis) {
		this.aloneFromMillis = nowMillis;
		this.aloneUntilMillis = nowMillis + PAUSE.toMillis();
	}

	/** A clock that is set back ends the pause: it must not last for as long. */
	private synchronized boolean isLeftAlone() {
		long now = this.clock.millis();
		return now >= this.aloneFromMillis && now < this.aloneUntilMillis;
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
