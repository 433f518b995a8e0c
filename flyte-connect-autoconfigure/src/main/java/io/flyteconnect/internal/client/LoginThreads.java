package io.flyteconnect.internal.client;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads on which a connection logs in, so that no caller and no event loop waits:
 * those of the login, and those of the command for a proxy, which a login may wait for.
 * They are there only while somebody logs in.
 */
final class LoginThreads {

	private final ThreadPoolExecutor login;

	private final ThreadPoolExecutor proxy;

	LoginThreads(String connection) {
		this.login = executor("flyte-" + connection + "-login-");
		this.proxy = executor("flyte-" + connection + "-proxy-login-");
	}

	/**
	 * One for the request, and one for its second attempt.
	 */
	private static ThreadPoolExecutor executor(String threadNamePrefix) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(threadNamePrefix);
		threads.setDaemon(true);
		ThreadPoolExecutor executor = new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				threads);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	Executor login() {
		return this.login;
	}

	Executor proxy() {
		return this.proxy;
	}

	/**
	 * Interrupt the login that is under way, and begin no other.
	 */
	void stopLogin() {
		this.login.shutdownNow();
	}

	/**
	 * Interrupt all that is under way, and begin nothing more.
	 */
	void stop() {
		stopLogin();
		this.proxy.shutdownNow();
	}

	/**
	 * Wait a moment for the end of a login that was interrupted.
	 */
	void awaitEndOfLogin() {
		awaitEnd(this.login);
	}

	/**
	 * Wait a moment for the end of what was interrupted.
	 */
	void awaitEnd() {
		awaitEnd(this.login);
		awaitEnd(this.proxy);
	}

	private static void awaitEnd(ThreadPoolExecutor executor) {
		try {
			executor.awaitTermination(1, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
