package io.flyteconnect.samples.cli.command.execution;

import java.time.Duration;

import picocli.CommandLine.Option;

/**
 * Whether a command waits for the end of what it launches.
 */
final class WaitOptions {

	@Option(names = "--wait", description = "Wait until it has ended.")
	private boolean wait;

	@Option(names = "--timeout", defaultValue = "1h", paramLabel = "DURATION",
			description = "How long to wait, such as 30s, 10m or 2h (default: ${DEFAULT-VALUE}).")
	private Duration timeout = Duration.ofHours(1);

	boolean isWait() {
		return this.wait;
	}

	Duration timeout() {
		return this.timeout;
	}

}
