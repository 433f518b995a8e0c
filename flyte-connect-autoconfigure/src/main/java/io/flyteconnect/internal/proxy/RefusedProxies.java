package io.flyteconnect.internal.proxy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;

/**
 * Remembers which user and password a proxy has refused, for gRPC and HTTP alike: the
 * account behind them, often a person's, is locked after a few wrong passwords. The same
 * ones are not shown again for 30 seconds, and twice as long after each further refusal,
 * up to ten minutes; others at once.
 */
final class RefusedProxies {

	private static final long SHORTEST = Duration.ofSeconds(30).toNanos();

	private static final long LONGEST = Duration.ofMinutes(10).toNanos();

	private static final int MOST = 32;

	private final Map<HttpProxy, Refusal> refusals = new ConcurrentHashMap<>();

	private final LongSupplier nanoTime;

	RefusedProxies() {
		this(System::nanoTime);
	}

	RefusedProxies(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	void add(HttpProxy proxy, String reason) {
		long now = this.nanoTime.getAsLong();
		if (this.refusals.size() >= MOST) {
			this.refusals.clear();
		}
		this.refusals.compute(proxy, (key, last) -> {
			if (last == null || now - last.end() > LONGEST) {
				return new Refusal(reason, now + SHORTEST, SHORTEST);
			}
			// Several calls hear of the same refusal.
			return (now - last.end() < 0) ? last : last.again(now);
		});
	}

	@Nullable String held(HttpProxy proxy) {
		Refusal last = this.refusals.isEmpty() ? null : this.refusals.get(proxy);
		if (last == null) {
			return null;
		}
		long left = last.end() - this.nanoTime.getAsLong();
		return (left > 0) ? last.reason() + "; the same password is not tried again for "
				+ Duration.ofNanos(left).plusSeconds(1).toSeconds() + " s, since accounts get locked" : null;
	}

	/**
	 * A refusal.
	 *
	 * @param reason what it means
	 * @param end until when the same is not tried again
	 * @param pause how long that is
	 */
	private record Refusal(String reason, long end, long pause) {

		Refusal again(long now) {
			long longer = Math.min(this.pause * 2, LONGEST);
			return new Refusal(this.reason, now + longer, longer);
		}

	}

}
