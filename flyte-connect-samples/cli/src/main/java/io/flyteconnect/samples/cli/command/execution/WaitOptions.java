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

	void check() {
		if (!this.wait && this.timeout.isGiven()) {
			throw new IllegalArgumentException(
					"--timeout says how long --wait waits, and nothing is waited for: add --wait, or leave --timeout out");
		}
	}

	boolean isWait() {
		return this.wait;
	}

	Duration timeout() {
		return this.timeout.value();
	}

}
