package io.flyteconnect.testsupport;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that stands still until it is moved.
 */
public final class MovableClock extends Clock {

	private volatile Instant now;

	/**
	 * Create a clock.
	 * @param now where it stands
	 */
	public MovableClock(Instant now) {
		this.now = now;
	}

	public MovableClock() {
		this(Instant.parse("2026-01-01T00:00:00Z"));
	}

	/**
	 * Move it.
	 * @param duration how far, back where it is negative
	 */
	public void move(Duration duration) {
		this.now = this.now.plus(duration);
	}

	@Override
	public Instant instant() {
		return this.now;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
