package io.flyteconnect.internal.execution;

import java.util.Map;
import java.util.TreeMap;

import flyteidl.core.Literals.LiteralMap;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.execution.FlyteInput;
import io.flyteconnect.execution.FlyteInterface;
import io.flyteconnect.execution.InvalidInputsException;
import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.literal.InvalidValueException;

/**
 * Checks the inputs of a launch as Flyte Admin does
 * ({@code CheckAndFetchInputsForExecution} in
 * {@code flyteadmin/pkg/manager/impl/validation}), but reports all errors at once, with
 * the accepted values.
 */
public final class InputCheck {

	private final FlyteInterface target;

	private final Map<String, String> problems = new TreeMap<>();

	public InputCheck(FlyteInterface target) {
		this.target = target;
	}

	public LiteralMap toLiterals(Map<String, ? extends @Nullable Object> values) {
		LiteralMap.Builder literals = LiteralMap.newBuilder();
		values.forEach((name, value) -> {
			FlyteInput input = this.target.inputs().get(name);
			if (input == null) {
				this.problems.put(name,
						"there is no input '" + shown(name) + "'" + NearName.hint(name, this.target.inputs().keySet()));
			}
			else if (input.fixed()) {
				this.problems.put(name, "'" + name + "' is set by the launch plan, and cannot be set by a launch");
			}
			else {
				write(input, value, literals);
			}
		});
		this.target.inputs().forEach((name, input) -> {
			if (input.required() && !values.containsKey(name)) {
				this.problems.put(name, "'" + name + "' of type " + input.typeName() + " is missing");
			}
		});
		if (!this.problems.isEmpty()) {
			throw new InvalidInputsException(this.target, this.problems);
		}
		return literals.build();
	}

	private void write(FlyteInput input, @Nullable Object value, LiteralMap.Builder literals) {
		try {
			literals.putLiterals(input.name(), FlyteLiterals.toLiteral(value, input.type()));
		}
		catch (InvalidValueException ex) {
			this.problems.put(input.name(), "'" + input.name() + "'"
					+ (ex.getPath().isEmpty() ? "" : " at " + ex.getPath()) + " " + ex.getReason());
		}
	}

	private static String shown(String name) {
		String line = name.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", " ");
		return (line.length() > 80) ? line.substring(0, 80) + "..." : line;
	}

}
