package io.flyteconnect.internal.token;

import java.time.Duration;

/**
 * A time in which something is not tried again. A clock that is set back to before its
 * beginning ends it: it must not last for as long as the clock was moved.
 *
 * @param fromMillis when it begins
 * @param untilMillis when it ends
 */
record HoldOff(long fromMillis, long untilMillis) {

	static HoldOff of(long nowMillis, Duration pause) {
		return new HoldOff(nowMillis, nowMillis + pause.toMillis());
	}

	boolean lastsAt(long nowMillis) {
		return nowMillis >= this.fromMillis && nowMillis < this.untilMillis;
	}

}
