package io.flyteconnect.execution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.admin.TaskOuterClass.Task;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.Interface.Parameter;
import flyteidl.core.Interface.TypedInterface;
import flyteidl.core.Interface.Variable;
import flyteidl.core.Interface.VariableMap;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Types.LiteralType;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.execution.InputCheck;
import io.flyteconnect.literal.FlyteLiterals;

/**
 * The declared inputs and outputs of a launch plan or task.
 *
 * @param id the launch plan or task, with its version
 * @param inputs the inputs by their names, sorted
 * @param outputs the types of the outputs by their names, sorted
 * @since 0.1.0
 */
public record FlyteInterface(Identifier id, Map<String, FlyteInput> inputs, Map<String, LiteralType> outputs) {

	/**
	 * Create an interface.
	 */
	public FlyteInterface {
		inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
		outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
	}

	/**
	 * Return the interface of a launch plan. The types of its fixed inputs are derived
	 * from their literals as far as possible.
	 * @param plan the launch plan
	 * @return the interface
	 */
	public static FlyteInterface of(LaunchPlan plan) {
		Map<String, FlyteInput> inputs = new LinkedHashMap<>();
		plan.getClosure()
			.getExpectedInputs()
			.getParametersMap()
			.forEach((name, parameter) -> inputs.put(name, input(name, parameter)));
		plan.getSpec()
			.getFixedInputs()
			.getLiteralsMap()
			.forEach((name, literal) -> inputs.put(name,
					new FlyteInput(name, FlyteLiterals.typeOf(literal), "", false, true, literal)));
		return new FlyteInterface(plan.getId(), inputs, types(plan.getClosure().getExpectedOutputs()));
	}

	/**
	 * Return the interface of a task, whose inputs are all required.
	 * @param task the task
	 * @return the interface
	 */
	public static FlyteInterface of(Task task) {
		TypedInterface types = task.getClosure().getCompiledTask().getTemplate().getInterface();
		Map<String, FlyteInput> inputs = new LinkedHashMap<>();
		types.getInputs()
			.getVariablesMap()
			.forEach((name, variable) -> inputs.put(name,
					new FlyteInput(name, variable.getType(), variable.getDescription(), true, false, null)));
		return new FlyteInterface(task.getId(), inputs, types(types.getOutputs()));
	}

	private static FlyteInput input(String name, Parameter parameter) {
		Variable variable = parameter.getVar();
		return new FlyteInput(name, variable.getType(), variable.getDescription(), parameter.getRequired(), false,
				parameter.hasDefault() ? parameter.getDefault() : null);
	}

	private static Map<String, LiteralType> types(VariableMap variables) {
		Map<String, LiteralType> types = new LinkedHashMap<>();
		variables.getVariablesMap().forEach((name, variable) -> types.put(name, variable.getType()));
		return types;
	}

	/**
	 * Convert Java values to the inputs of a launch, and check all of them.
	 * @param values the values by the names of the inputs, as
	 * {@link io.flyteconnect.literal.FlyteLiterals} lists them
	 * @return the literals
	 * @throws InvalidInputsException if one is missing, unknown or does not fit
	 */
	public LiteralMap toLiterals(Map<String, ? extends @Nullable Object> values) {
		return new InputCheck(this).toLiterals(values);
	}

}
