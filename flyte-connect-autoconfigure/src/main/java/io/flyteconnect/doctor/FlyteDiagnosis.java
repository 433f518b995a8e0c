package io.flyteconnect.doctor;

import java.util.List;
import java.util.Optional;

import io.flyteconnect.doctor.DiagnosedStep.Outcome;

/**
 * How far a connection gets.
 *
 * @param connection the name of the connection
 * @param endpoint where it goes
 * @param steps all steps in their order
 * @since 0.1.0
 */
public record FlyteDiagnosis(String connection, String endpoint, List<DiagnosedStep> steps) {

	public FlyteDiagnosis {
		steps = List.copyOf(steps);
	}

	/**
	 * Return the step that fails.
	 * @return the first one, empty if Flyte Admin answers
	 */
	public Optional<DiagnosedStep> failure() {
		return this.steps.stream().filter((step) -> step.outcome() == Outcome.FAILED).findFirst();
	}

}
