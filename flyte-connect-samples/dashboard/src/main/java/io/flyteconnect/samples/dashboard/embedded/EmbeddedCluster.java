package io.flyteconnect.samples.dashboard.embedded;

import java.time.Duration;
import java.time.Instant;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.Literals.LiteralMap;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;

import io.flyteconnect.test.admin.TestExecutions;

/**
 * Plays the cluster that runs what is launched: the embedded Flyte Admin alone leaves an
 * execution in its phase.
 */
class EmbeddedCluster {

	private static final Duration RUN_TIME = Duration.ofSeconds(30);

	private final TestExecutions executions;

	EmbeddedCluster(TestExecutions executions) {
		this.executions = executions;
	}

	@Scheduled(fixedDelay = 2000)
	void goOn() {
		this.executions.all().forEach(this::goOn);
	}

	private void goOn(Execution execution) {
		Phase current = execution.getClosure().getPhase();
		Phase next = next(execution);
		// Somebody may have terminated it since it was looked at.
		if (next == Phase.SUCCEEDED) {
			this.executions.succeed(execution.getId(), current, outputs(execution.getSpec().getLaunchPlan()));
		}
		else if (next != null) {
			this.executions.advance(execution.getId(), current, next);
		}
	}

	// What the last sample of the launch plan gave.
	@SuppressWarnings("deprecation")
	private LiteralMap outputs(Identifier launchPlan) {
		return this.executions.all()
			.stream()
			.filter((execution) -> execution.getSpec().getLaunchPlan().equals(launchPlan))
			.map((execution) -> execution.getClosure().getOutputData())
			.filter((outputs) -> outputs.getLiteralsCount() > 0)
			.reduce(LiteralMap.getDefaultInstance(), (first, second) -> second);
	}

	private @Nullable Phase next(Execution execution) {
		// The sample executions stay as they are, so that there is something to look at.
		boolean launched = execution.getSpec()
			.getMetadata()
			.getPrincipal()
			.equals(EmbeddedFlyteConfiguration.CLIENT_ID);
		return switch (execution.getClosure().getPhase()) {
			case ABORTING -> Phase.ABORTED;
			case UNDEFINED -> Phase.QUEUED;
			case QUEUED -> launched ? Phase.RUNNING : null;
			case RUNNING -> (launched && isDone(execution)) ? Phase.SUCCEEDED : null;
			default -> null;
		};
	}

	private boolean isDone(Execution execution) {
		Instant started = Instant.ofEpochSecond(execution.getClosure().getStartedAt().getSeconds());
		return started.plus(RUN_TIME).isBefore(Instant.now());
	}

}
