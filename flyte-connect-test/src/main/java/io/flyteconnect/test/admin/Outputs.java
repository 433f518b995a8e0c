package io.flyteconnect.test.admin;

import java.util.Map;
import java.util.TreeSet;

import flyteidl.core.Interface.Variable;
import flyteidl.core.Interface.VariableMap;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.literal.InvalidValueException;

/**
 * Java values as the outputs of an execution.
 */
final class Outputs {

	private Outputs() {
	}

	/**
	 * Write values in the types that are expected; where nobody says what to expect, in
	 * those that their Java types stand for.
	 * @param values the values
	 * @param expected the types, may be empty
	 * @return the literals
	 * @throws IllegalArgumentException if one is missing, unknown or not of its type
	 */
	static LiteralMap toLiterals(Map<String, ? extends @Nullable Object> values, VariableMap expected) {
		Map<String, Variable> types = expected.getVariablesMap();
		types.keySet().forEach((name) -> {
			if (!values.containsKey(name)) {
				throw new IllegalArgumentException("The output '" + name + "' is missing" + values.keySet()
					.stream()
					.filter((other) -> !types.containsKey(other))
					.findFirst()
					.map((other) -> ", and there is no output '" + other + "'" + NearName.hint(other, types.keySet()))
					.orElse(""));
			}
		});
		LiteralMap.Builder literals = LiteralMap.newBuilder();
		values.forEach((name, value) -> {
			if (!types.isEmpty() && !types.containsKey(name)) {
				throw new IllegalArgumentException("There is no output '" + name + "' of the launch plan"
						+ NearName.hint(name, types.keySet()) + "; it has " + new TreeSet<>(types.keySet()));
			}
			literals.putLiterals(name, literal(name, value, types.get(name)));
		});
		return literals.build();
	}

	private static Literal literal(String name, @Nullable Object value, @Nullable Variable type) {
		try {
			return (type != null) ? FlyteLiterals.toLiteral(value, type.getType()) : FlyteLiterals.toLiteral(value);
		}
		catch (InvalidValueException ex) {
			throw new IllegalArgumentException("The output '" + name + "' " + ex.getReason(), ex);
		}
	}

}
