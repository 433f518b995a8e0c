package io.flyteconnect.internal.proxy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;

/**
 * Remembers the user and password that a proxy has rejected, for both gRPC and HTTP. An
 * account, which is often a person's, may be locked after a few wrong passwords. So the
 * same ones are not sent again for 30 seconds, and twice as long after each further
 * rejection, up to ten minutes. Other ones are sent at once.
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
			// Several calls may report the same rejection.
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
	 * A rejection.
	 *
	 * @param reason the error message
	 * @param end the time until which the same user and password are not sent again
	 * @param pause the length of that pause
	 */
	private record Refusal(String reason, long end, long pause) {

		Refusal again(long now) {
			long longer = Math.min(this.pause * 2, LONGEST);
			return new Refusal(this.reason, now + longer, longer);
		}

	}

}
