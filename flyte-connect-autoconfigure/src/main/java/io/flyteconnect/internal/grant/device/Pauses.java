package io.flyteconnect.internal.grant.device;

import java.time.Duration;

/**
 * The time between two polls.
 */
interface Pauses {

	/** Real time. */
	Pauses SYSTEM = new Pauses() {

		@Override
		public long nanoTime() {
			return System.nanoTime();
		}

		@Override
		public void sleep(Duration duration) throws InterruptedException {
			Thread.sleep(duration.toMillis());
		}

	};

	/**
	 * Tell the time, from an arbitrary origin.
	 * @return nanoseconds
	 */
	long nanoTime();

	/**
	 * Let time pass.
	 * @param duration how much
	 * @throws InterruptedException if the login is to end
	 */
	void sleep(Duration duration) throws InterruptedException;

}
