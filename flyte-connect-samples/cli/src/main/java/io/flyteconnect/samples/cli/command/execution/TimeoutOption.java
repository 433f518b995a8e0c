package io.flyteconnect.samples.cli.command.execution;

import java.time.Duration;

import picocli.CommandLine.Option;

/**
 * How long to wait for the end of an execution.
 */
final class TimeoutOption {

	@Option(names = "--timeout", defaultValue = "1h", paramLabel = "DURATION",
			description = "How long to wait, such as 30s, 10m or 2h (default: ${DEFAULT-VALUE}).")
	private Duration value = Duration.ofHours(1);

	Duration value() {
		return this.value;
	}

}
