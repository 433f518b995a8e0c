package io.flyteconnect.internal.token.holdoff;

import java.time.Duration;

/**
 * A time in which something is not tried again. A clock that is set back to before its
 * beginning ends it: it must not last for as long as the clock was moved.
 *
 * @param fromMillis when it begins
 * @param untilMillis when it ends
 */
public record HoldOff(long fromMillis, long untilMillis) {

	/**
	 * A time that begins now.
	 * @param nowMillis the time
	 * @param pause how long it lasts
	 * @return the time
	 */
	public static HoldOff of(long nowMillis, Duration pause) {
		return new HoldOff(nowMillis, nowMillis + pause.toMillis());
	}

	/**
	 * Return whether it has not ended.
	 * @param nowMillis the time
	 * @return whether nothing is to be tried again yet
	 */
	public boolean lastsAt(long nowMillis) {
		return nowMillis >= this.fromMillis && nowMillis < this.untilMillis;
	}

}
