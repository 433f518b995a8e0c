package io.flyteconnect.internal.token;

import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * The refusals of tokens that follow close upon each other. A token that was accepted
 * before is replaced at once; one that nothing was ever called with is not, so soon after
 * another refusal, nor is the last one of several, since a server may accept a token for
 * one method and refuse it for another.
 */
class RejectionStreak {

	private static final int LONGEST = 3;

	private volatile @Nullable Refusal last;

	/**
	 * Return whether a refused token is not to be replaced yet.
	 */
	boolean isTooLong(AccessToken token, long nowMillis) {
		return count(nowMillis) >= (token.isAccepted() ? LONGEST : 1);
	}

	void add(long nowMillis) {
		int count = count(nowMillis) + 1;
		this.last = new Refusal(count,
				HoldOff.of(nowMillis, BackOff.PERMANENT.pause(count, ThreadLocalRandom.current()::nextDouble)));
	}

	private int count(long nowMillis) {
		Refusal refusal = this.last;
		return (refusal != null && refusal.time().lastsAt(nowMillis)) ? refusal.count() : 0;
	}

	private record Refusal(int count, HoldOff time) {

	}

}
