package io.flyteconnect.internal.proxy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RefusedProxies}.
 */
class RefusedProxiesTests {

	private static final HttpProxy PROXY = new HttpProxy("proxy.example", 3128, "user", "hidden");

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	private final RefusedProxies refusals = new RefusedProxies(this.now::get);

	@Test
	void whenPasswordIsRefusedAgainThenThePauseGrowsAndEnds() {
		assertThat(this.refusals.held(PROXY)).isNull();
		for (int seconds : new int[] { 30, 60, 120, 240, 480, 600, 600 }) {
			this.refusals.add(PROXY, "refused (status 407)");
			assertThat(this.refusals.held(PROXY)).startsWith("refused (status 407); the same password")
				.doesNotContain("hidden");
			pass(seconds - 1);
			assertThat(this.refusals.held(PROXY)).contains("for 2 s");
			pass(1);
			assertThat(this.refusals.held(PROXY)).isNull();
		}
	}

	@Test
	void whenSeveralCallsHearOfOneRefusalThenItCountsOnce() {
		for (int i = 0; i < 5; i++) {
			this.refusals.add(PROXY, "refused");
		}
		pass(30);
		assertThat(this.refusals.held(PROXY)).isNull();
	}

	@Test
	void whenPasswordWasGoodForLongThenARefusalIsTheFirst() {
		this.refusals.add(PROXY, "refused");
		pass(3600);
		this.refusals.add(PROXY, "refused");
		pass(30);
		assertThat(this.refusals.held(PROXY)).isNull();
	}

	@Test
	void whenPasswordIsAnotherThenItIsTriedAtOnce() {
		this.refusals.add(PROXY, "refused");
		assertThat(this.refusals.held(new HttpProxy("proxy.example", 3128, "user", "other"))).isNull();
		assertThat(this.refusals.held(new HttpProxy("proxy.example", 3128, "other", "hidden"))).isNull();
		assertThat(this.refusals.held(new HttpProxy("other.example", 3128, "user", "hidden"))).isNull();
	}

	private void pass(int seconds) {
		this.now.addAndGet(Duration.ofSeconds(seconds).toNanos());
	}

}
