package io.flyteconnect.internal.grant.command;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A command and the processes that it started, also those whose parents have ended in the
 * meantime, so that nobody could tell any more whose they are.
 */
class CommandChildren {

	private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

	private final Process process;

	private final Set<ProcessHandle> seen = new LinkedHashSet<>();

	private long lastLook = System.nanoTime();

	CommandChildren(Process process) {
		this.process = process;
	}

	/**
	 * Look for children, now and then.
	 */
	void look() {
		if (System.nanoTime() - this.lastLook >= PAUSE_NANOS) {
			this.process.descendants().forEach(this.seen::add);
			this.lastLook = System.nanoTime();
		}
	}

	/**
	 * End what is left of the command. Once it has ended by itself, nothing is: a child
	 * that lives on was meant to.
	 */
	void end() {
		if (!this.process.isAlive()) {
			return;
		}
		this.process.descendants().forEach(this.seen::add);
		this.process.destroyForcibly();
		this.seen.forEach((child) -> {
			child.descendants().forEach(ProcessHandle::destroyForcibly);
			child.destroyForcibly();
		});
	}

}
