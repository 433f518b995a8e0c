package io.flyteconnect.internal.run;

import java.util.LinkedHashMap;
import java.util.Map;

import com.flyteidl2.core.VariableEntry;
import com.flyteidl2.task.Inputs;
import com.flyteidl2.task.RunSpec;
import com.flyteidl2.task.TaskIdentifier;
import com.flyteidl2.task.TaskSpec;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Security.SecurityContext;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.execution.ExecutionDefaults;
import io.flyteconnect.execution.FlyteInput;
import io.flyteconnect.execution.FlyteInterface;
import io.flyteconnect.internal.execution.InputCheck;

/**
 * Makes what a run is given of Java values.
 */
public final class RunInputs {

	private RunInputs() {
	}

	/**
	 * Write the inputs of a task, in the order in which it declares them.
	 * @param id the task
	 * @param task what it takes
	 * @param values the values by the names of the inputs
	 * @return the inputs, with the defaults of those that are not named
	 * @throws io.flyteconnect.execution.InvalidInputsException if one is missing, unknown
	 * or does not fit
	 */
	public static Inputs of(TaskIdentifier id, TaskSpec task, Map<String, @Nullable Object> values) {
		FlyteInterface types = RunTasks.interfaceOf(id, task);
		LiteralMap given = new InputCheck(types).toLiterals(values);
		Map<String, Literal> all = new LinkedHashMap<>(given.getLiteralsMap());
		types.inputs().values().forEach((input) -> preset(input, all));
		Inputs.Builder inputs = Inputs.newBuilder();
		for (VariableEntry variable : task.getTaskTemplate().getInterface().getInputs().getVariablesList()) {
			Literal literal = all.get(variable.getKey());
			if (literal != null) {
				inputs.addLiterals(Idl2.named(variable.getKey(), literal));
			}
		}
		return inputs.build();
	}

	private static void preset(FlyteInput input, Map<String, Literal> all) {
		Literal preset = input.literal();
		if (preset != null) {
			all.putIfAbsent(input.name(), preset);
		}
	}

	/**
	 * Fill in the configured identity, secrets and tokens.
	 * @param spec the specification of a run
	 * @param defaults what it has where it says nothing itself
	 * @return the specification
	 */
	public static RunSpec complete(RunSpec spec, ExecutionDefaults defaults) {
		SecurityContext own = Idl2.as(spec.getSecurityContext(), SecurityContext.parser());
		SecurityContext complete = defaults.applyTo(ExecutionSpec.newBuilder().setSecurityContext(own).build())
			.getSecurityContext();
		return complete.equals(SecurityContext.getDefaultInstance()) ? spec
				: spec.toBuilder()
					.setSecurityContext(Idl2.as(complete, com.flyteidl2.core.SecurityContext.parser()))
					.build();
	}

}
