package io.flyteconnect.internal.listener;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.FlyteDeviceLoginEvent;

/**
 * Hands the events of one connection to the application, one after the other. Listeners
 * run on a thread of their own: a login, and the calls that wait for it, must not wait
 * for whatever they do.
 */
public final class ApplicationEvents implements Consumer<Object>, AutoCloseable {

	private static final Log logger = LogFactory.getLog(ApplicationEvents.class);

	/** More than a listener can be behind by that is only slow. */
	static final int MOST_WAITING = 256;

	/** How long a login that needs a person waits for the application's listener. */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private final String connection;

	private final Consumer<Object> application;

	private final ThreadPoolExecutor executor;

	private final AtomicBoolean full = new AtomicBoolean();

	/**
	 * Create the events of a connection.
	 * @param connection the name of the connection
	 * @param application takes the events
	 */
	public ApplicationEvents(String connection, Consumer<Object> application) {
		this.connection = connection;
		this.application = application;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("flyte-" + connection + "-events-");
		threads.setDaemon(true);
		this.executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING),
				threads);
		this.executor.allowCoreThreadTimeOut(true);
	}

	@Override
	public void accept(Object event) {
		try {
			Future<?> told = this.executor.submit(() -> publish(event));
			this.full.set(false);
			if (event instanceof FlyteBrowserLoginEvent || event instanceof FlyteDeviceLoginEvent) {
				await(told);
			}
		}
		catch (RejectedExecutionException ex) {
			if (!this.executor.isShutdown() && this.full.compareAndSet(false, true)) {
				logger.warn("Listeners of the application are " + MOST_WAITING + " events of Flyte connection '"
						+ this.connection + "' behind: further ones are dropped until they catch up");
			}
		}
	}

	/**
	 * Let the application show a person what to do before the login goes on, unless its
	 * listener hangs.
	 */
	private static void await(Future<?> told) {
		try {
			told.get(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// The login goes on.
		}
	}

	private void publish(Object event) {
		try {
			this.application.accept(event);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener of the application failed that was told of " + event.getClass().getSimpleName()
					+ " of Flyte connection '" + this.connection + "'", ex);
		}
	}

	/**
	 * Publish nothing more.
	 */
	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
