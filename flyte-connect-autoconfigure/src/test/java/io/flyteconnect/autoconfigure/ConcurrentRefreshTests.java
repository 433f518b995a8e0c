package io.flyteconnect.autoconfigure;

import java.lang.Thread.State;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.core.env.PropertySource;

import io.flyteconnect.FlyteConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two refreshes at once, as of a secret and of the environment: the later settings stay.
 */
class ConcurrentRefreshTests {

	private static final EnvironmentChangeEvent EVENT = new EnvironmentChangeEvent(Set.of("flyte.platform.url"));

	@Test
	void whenAnotherRefreshComesInBetweenThenItsLaterSettingsStay() {
		Urls urls = new Urls();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class, FlyteRefreshAutoConfiguration.class))
			.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(urls))
			.withPropertyValues("flyte.config-file=none")
			.run((context) -> {
				FlyteConnection connection = context.getBean(FlyteConnection.class);
				Thread later = new Thread(() -> context.publishEvent(EVENT));
				urls.slowRefresh(later);
				context.publishEvent(EVENT);
				later.join();
				assertThat(connection.config().endpoint()).hasToString("later.flyte.test");
			});
	}

	/** While the first thread reads, the other one begins its refresh. */
	private static final class Urls extends PropertySource<Object> {

		private final Thread first = Thread.currentThread();

		private volatile @Nullable Thread later;

		private Urls() {
			super("urls");
		}

		private void slowRefresh(Thread other) {
			this.later = other;
		}

		@Override
		public @Nullable Object getProperty(String name) {
			Thread other = this.later;
			if (!name.equals("flyte.platform.url")) {
				return null;
			}
			if (other == null) {
				return "first.flyte.test";
			}
			if (Thread.currentThread() != this.first) {
				return "later.flyte.test";
			}
			if (other.getState() == State.NEW) {
				other.start();
				await().atMost(60, TimeUnit.SECONDS)
					.until(() -> other.getState() == State.BLOCKED || other.getState() == State.TERMINATED);
			}
			return "earlier.flyte.test";
		}

	}

}
