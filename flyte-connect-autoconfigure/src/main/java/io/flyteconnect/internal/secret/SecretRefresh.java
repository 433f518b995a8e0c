package io.flyteconnect.internal.secret;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.flyteconnect.secret.FlyteSecretChangedEvent;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretSource;
import io.flyteconnect.secret.SecretValue;

/**
 * Periodically reads the files of secrets again, and reports which secret has changed.
 * Compares their content, since times and sizes may stay the same, and file system events
 * do not reach every mount.
 *
 * @since 0.1.0
 */
public final class SecretRefresh implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(SecretRefresh.class);

	private final Duration interval;

	private final SecretSource source;

	private final SecretReads reads;

	private final Consumer<FlyteSecretChangedEvent> listener;

	private final Set<Secret> unreadable = new HashSet<>();

	private volatile @Nullable ScheduledExecutorService executor;

	/**
	 * Create a watcher.
	 * @param interval the pause between two reads; zero to never read
	 * @param source the source of the secrets
	 * @param reads the record of the secrets that have been read
	 * @param listener receives the names of changed secrets
	 */
	public SecretRefresh(Duration interval, SecretSource source, SecretReads reads,
			Consumer<FlyteSecretChangedEvent> listener) {
		this.interval = interval;
		this.source = source;
		this.reads = reads;
		this.listener = listener;
	}

	@Override
	public synchronized void start() {
		if (this.executor != null || this.interval.isZero()) {
			return;
		}
		ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "flyte-secret-refresh");
			thread.setDaemon(true);
			return thread;
		});
		long pause = this.interval.toNanos();
		executor.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.NANOSECONDS);
		this.executor = executor;
	}

	@Override
	public synchronized void stop() {
		ScheduledExecutorService executor = this.executor;
		if (executor != null) {
			executor.shutdownNow();
			this.executor = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	private void look() {
		for (Secret secret : this.reads.files()) {
			if (isChanged(secret) && isRunning()) {
				tell(secret);
			}
		}
	}

	private boolean isChanged(Secret secret) {
		try (SecretValue value = this.source.find(secret)) {
			this.unreadable.remove(secret);
			return value != null && this.reads.isChanged(secret, value);
		}
		catch (RuntimeException ex) {
			if (this.unreadable.add(secret)) {
				logger.warn(ex.getMessage());
			}
			return false;
		}
	}

	private void tell(Secret secret) {
		logger.info("The secret with " + SecretNames.describe(secret) + " has changed");
		try {
			this.listener.accept(new FlyteSecretChangedEvent(secret));
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed that was told of the change of the secret with "
					+ SecretNames.describe(secret) + ": correct it, the next change is told to it as well", ex);
		}
	}

}
