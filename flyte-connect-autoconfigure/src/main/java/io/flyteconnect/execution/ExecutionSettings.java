package io.flyteconnect.execution;

import java.time.Duration;

import io.flyteconnect.internal.execution.BackOff;

/**
 * How executions of a connection are launched and waited for.
 *
 * @param defaults what a launch gets where it does not say so itself
 * @param pollInterval the first pause between two looks at an execution that is waited
 * for; each one doubles
 * @param maxPollInterval the longest pause
 * @since 0.1.0
 */
public record ExecutionSettings(ExecutionDefaults defaults, Duration pollInterval, Duration maxPollInterval) {

	/**
	 * Launch plans or Flyte determine the identity, and pauses grow from 1 second to 10
	 * seconds.
	 */
	public static final ExecutionSettings DEFAULT = new ExecutionSettings(ExecutionDefaults.NONE,
			BackOff.POLLING.first(), BackOff.POLLING.longest());

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if the first pause is shorter than a millisecond
	 * or longer than the longest, or that is longer than 292 years
	 */
	public ExecutionSettings {
		new BackOff(pollInterval, maxPollInterval);
	}

	BackOff polling() {
		return new BackOff(this.pollInterval, this.maxPollInterval);
	}

}
