package io.flyteconnect.internal.channel.reconnect;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * What is to be done about a connection whose time is over. Off the one thread that keeps
 * the JDK's time, and not in the common pool: the application's own calls may fill that,
 * as they wait for just this.
 */
final class LateTasks {

	/** Has no thread while nothing is late. */
	private static final Executor EXECUTOR = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS,
			new SynchronousQueue<>(), threads());

	private LateTasks() {
	}

	static void after(Duration delay, Runnable task) {
		CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, EXECUTOR).execute(task);
	}

	private static ThreadFactory threads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("flyte-late-");
		threads.setDaemon(true);
		return threads;
	}

}
