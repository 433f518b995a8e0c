package io.flyteconnect.benchmarks;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Nanoseconds since the epoch that never go backwards.
 */
final class Times {

	private static final long NANO_AT_START = System.nanoTime();

	private static final long EPOCH_AT_START = epoch();

	private Times() {
	}

	private static long epoch() {
		Instant now = Instant.now();
		return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
	}

	static long now() {
		return EPOCH_AT_START + (System.nanoTime() - NANO_AT_START);
	}

	static void sleepUntil(long time) {
		for (long left = time - now(); left > 0; left = time - now()) {
			LockSupport.parkNanos(left);
		}
	}

}
