package io.flyteconnect.samples.dashboard.web;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import flyteidl.core.Execution.WorkflowExecution.Phase;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.internal.text.SafeText;

/**
 * The phases that an execution can be in, as a query names them. Spring's own conversion
 * would take {@code UNRECOGNIZED} as well, which no Flyte knows.
 */
final class Phases {

	static final List<Phase> ALL = Stream.of(Phase.values()).filter((phase) -> phase != Phase.UNRECOGNIZED).toList();

	private Phases() {
	}

	/**
	 * Read a phase.
	 * @param text its name, {@code timed-out} for example
	 * @return the phase, or {@code null} if none is named
	 * @throws UnknownPhaseException if there is no such phase
	 */
	static @Nullable Phase of(String text) {
		String name = text.strip().replace('-', '_').toUpperCase(Locale.ROOT);
		if (name.isEmpty()) {
			return null;
		}
		return ALL.stream().filter((phase) -> phase.name().equals(name)).findFirst().orElseThrow(() -> unknown(text));
	}

	private static UnknownPhaseException unknown(String text) {
		List<String> names = ALL.stream().map(Phase::name).toList();
		return new UnknownPhaseException("'phase' is '" + SafeText.of(text) + "', which is no phase"
				+ NearName.hint(text, names) + "; there are " + String.join(", ", names));
	}

}
