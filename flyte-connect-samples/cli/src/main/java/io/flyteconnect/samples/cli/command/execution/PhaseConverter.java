package io.flyteconnect.samples.cli.command.execution;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import flyteidl.core.Execution.WorkflowExecution.Phase;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import io.flyteconnect.internal.text.NearName;

/**
 * Reads the phases that an execution can be in: {@code timed-out} for example.
 */
final class PhaseConverter implements ITypeConverter<String> {

	@Override
	public String convert(String value) {
		String name = value.strip().replace('-', '_').toUpperCase(Locale.ROOT);
		List<String> known = Arrays.stream(Phase.values())
			.filter((phase) -> phase != Phase.UNRECOGNIZED)
			.map(Phase::name)
			.toList();
		if (!known.contains(name)) {
			throw new TypeConversionException("'" + value + "' is no phase" + NearName.hint(value, known)
					+ "; there are " + String.join(", ", known));
		}
		return name;
	}

}
