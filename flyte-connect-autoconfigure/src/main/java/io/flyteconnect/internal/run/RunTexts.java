package io.flyteconnect.internal.run;

import java.util.EnumSet;
import java.util.Set;

import com.flyteidl2.common.ActionIdentifier;
import com.flyteidl2.common.ActionPhase;
import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.workflow.ActionDetails;
import com.flyteidl2.workflow.RunDetails;

import io.flyteconnect.internal.text.SafeText;

/**
 * How runs and their phases are named.
 */
public final class RunTexts {

	/** The name that Flyte gives the action at the root of each run. */
	private static final String ROOT = "a0";

	private static final String PREFIX = "ACTION_PHASE_";

	private static final Set<ActionPhase> ENDS = EnumSet.of(ActionPhase.ACTION_PHASE_SUCCEEDED,
			ActionPhase.ACTION_PHASE_FAILED, ActionPhase.ACTION_PHASE_ABORTED, ActionPhase.ACTION_PHASE_TIMED_OUT,
			ActionPhase.ACTION_PHASE_RECOVERED);

	private RunTexts() {
	}

	public static String of(RunIdentifier id) {
		return SafeText.of(id.getProject() + "/" + id.getDomain() + "/" + id.getName());
	}

	/**
	 * Return a phase as people say it.
	 * @param phase the phase
	 * @return {@code SUCCEEDED} for example
	 */
	public static String of(ActionPhase phase) {
		String name = phase.name();
		return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
	}

	/**
	 * Return whether a run has ended, successfully or not.
	 * @param run the run
	 * @return whether nothing of it will change by itself
	 */
	public static boolean hasEnded(RunDetails run) {
		return ENDS.contains(phase(run));
	}

	public static ActionPhase phase(RunDetails run) {
		return run.getAction().getStatus().getPhase();
	}

	/**
	 * Return how a run is, with its error or who aborted it.
	 * @param run the run
	 * @return {@code FAILED: division by zero} for example
	 */
	public static String state(RunDetails run) {
		ActionDetails action = run.getAction();
		String phase = of(action.getStatus().getPhase());
		return switch (action.getResultCase()) {
			case ERROR_INFO -> phase + ": " + SafeText.of(action.getErrorInfo().getMessage());
			case ABORT_INFO -> phase + ": " + SafeText.of(action.getAbortInfo().getReason());
			case RESULT_NOT_SET -> phase;
		};
	}

	/**
	 * Return the action at the root of a run.
	 * @param id the run
	 * @return the action, which takes the inputs of the run and gives its outputs
	 */
	public static ActionIdentifier root(RunIdentifier id) {
		return ActionIdentifier.newBuilder().setRun(id).setName(ROOT).build();
	}

}
