package io.flyteconnect.samples.cli.command.execution;

import java.time.Duration;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Whether a command waits for the end of what it launches.
 */
final class WaitOptions {

	@Option(names = "--wait", description = "Wait until it has ended.")
	private boolean wait;

	@Mixin
	private TimeoutOption timeout = new TimeoutOption();

	boolean isWait() {
		return this.wait;
	}

	Duration timeout() {
		return this.timeout.value();
	}

}
