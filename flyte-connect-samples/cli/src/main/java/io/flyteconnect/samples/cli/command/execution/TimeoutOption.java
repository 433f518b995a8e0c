package io.flyteconnect.samples.cli.command.execution;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How long to wait for the end of an execution.
 */
final class TimeoutOption {

	private static final Duration DEFAULT = Duration.ofHours(1);

	@Option(names = "--timeout", paramLabel = "DURATION",
			description = "How long to wait, such as 30s, 10m or 2h (default: 1h).")
	private @Nullable Duration value;

	boolean isGiven() {
		return this.value != null;
	}

	Duration value() {
		return (this.value != null) ? this.value : DEFAULT;
	}

}
