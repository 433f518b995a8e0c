package io.flyteconnect.internal.grant.command;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import static org.awaitility.Awaitility.await;

/**
 * Processes that sleep for a number of seconds that nobody else sleeps for.
 */
public final class Processes {

	private final String marker = "300." + System.nanoTime();

	/**
	 * A script that starts two of them, and waits for both.
	 */
	public String script() {
		return "(sleep " + this.marker + "; true) & sleep " + this.marker + " & wait";
	}

	/**
	 * A script that starts two of them, and waits for one: the parent of the other one
	 * ends soon.
	 */
	public String scriptWithOrphan() {
		return "sh -c 'sleep " + this.marker + " & sleep 0.5' & sleep " + this.marker;
	}

	public String marker() {
		return this.marker;
	}

	public void awaitRunning() {
		await().atMost(Duration.ofSeconds(60)).until(() -> running().size() == 2);
	}

	public void assertEnded() {
		await().atMost(Duration.ofSeconds(60)).until(() -> running().isEmpty());
	}

	/**
	 * Return those that run.
	 */
	public List<ProcessHandle> running() {
		return ProcessHandle.allProcesses()
			.filter((process) -> process.info().command().orElse("").endsWith("sleep")
					&& Arrays.asList(process.info().arguments().orElse(new String[0])).contains(this.marker))
			.toList();
	}

}
