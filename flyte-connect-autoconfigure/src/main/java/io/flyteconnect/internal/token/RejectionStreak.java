package io.flyteconnect.internal.token;

import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.token.holdoff.BackOff;
import io.flyteconnect.internal.token.holdoff.HoldOff;

/**
 * The rejections of tokens that follow close upon each other. A token that was accepted
 * before is replaced at once; one that nothing was ever called with is not, so soon after
 * another rejection, nor is the last one of several, since a server may accept a token
 * for one method and reject it for another.
 */
class RejectionStreak {

	private static final int LONGEST = 3;

	private volatile @Nullable Rejection last;

	/**
	 * Return whether a rejected token is not to be replaced yet.
	 */
	boolean isTooLong(AccessToken token, long nowMillis) {
		return count(nowMillis) >= (token.isAccepted() ? LONGEST : 1);
	}

	void add(long nowMillis) {
		int count = count(nowMillis) + 1;
		this.last = new Rejection(count,
				HoldOff.of(nowMillis, BackOff.PERMANENT.pause(count, ThreadLocalRandom.current()::nextDouble)));
	}

	private int count(long nowMillis) {
		Rejection rejection = this.last;
		return (rejection != null && rejection.time().lastsAt(nowMillis)) ? rejection.count() : 0;
	}

	private record Rejection(int count, HoldOff time) {

	}

}
