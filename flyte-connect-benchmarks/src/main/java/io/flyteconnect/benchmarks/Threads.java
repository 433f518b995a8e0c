package io.flyteconnect.benchmarks;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import org.springframework.boot.system.JavaVersion;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * A thread for each call: a virtual one where Java has them, else one that is used again.
 */
final class Threads {

	private Threads() {
	}

	static Executor perCall() {
		if (JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE)) {
			return new VirtualThreadTaskExecutor("call-");
		}
		return Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "call");
			thread.setDaemon(true);
			return thread;
		});
	}

}
