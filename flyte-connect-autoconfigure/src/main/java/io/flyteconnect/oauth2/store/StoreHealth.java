package io.flyteconnect.oauth2.store;

import java.time.Clock;
import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

import io.flyteconnect.oauth2.endpoint.SafeText;

/**
 * Whether a store works. Says once that it does not, and once that it does again.
 */
class StoreHealth {

	private static final Log logger = LogFactory.getLog(StoreHealth.class);

	/** A store that fails this late makes logins wait. */
	private static final Duration SLOW = Duration.ofSeconds(1);

	/** How long such a store is left alone. */
	private static final Duration PAUSE = Duration.ofSeconds(30);

	private final String name;

	private final Clock clock;

	private boolean failing;

	private long aloneUntilMillis;

	StoreHealth(String name, Clock clock) {
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
		long start = this.clock.millis();
		if (start < this.aloneUntilMillis) {
			return false;
		}
		try {
			action.run();
			recovered();
			return true;
		}
		catch (RuntimeException ex) {
			if (this.clock.millis() - start >= SLOW.toMillis()) {
				this.aloneUntilMillis = this.clock.millis() + PAUSE.toMillis();
			}
			failed(what, ex);
			return false;
		}
	}

	/**
	 * Try to keep others from the store. That may take long with a store that works.
	 * @param action tries it
	 */
	void attemptHold(Runnable action) {
		if (this.clock.millis() >= this.aloneUntilMillis) {
			try {
				action.run();
			}
			catch (RuntimeException ex) {
				failed("locked", ex);
			}
		}
	}

	private void recovered() {
		if (this.failing) {
			this.failing = false;
			logger.info(this.name + " works again");
		}
	}

	private void failed(String what, RuntimeException ex) {
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
		return root.getClass().getSimpleName() + ": " + SafeText.of(root.getMessage());
	}

}
