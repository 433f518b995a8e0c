package io.flyteconnect.test.admin;

import java.util.Map;
import java.util.function.Consumer;

import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.Interface.Parameter;
import flyteidl.core.Interface.Variable;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.literal.FlyteLiterals;

/**
 * A launch plan of a test server as a test makes it. Each method changes the launch plan
 * that is registered, so there is nothing to end with. Values are Java's, as
 * {@link FlyteLiterals} lists them.
 *
 * @since 0.1.0
 */
public final class TestLaunchPlan {

	private final LaunchPlanStore store;

	private final Identifier id;

	TestLaunchPlan(LaunchPlanStore store, Identifier id) {
		this.store = store;
		this.id = id;
	}

	/**
	 * Return the launch plan.
	 * @return its identifier
	 */
	public Identifier id() {
		return this.id;
	}

	/**
	 * Add an input that a launch has to name.
	 * @param name its name
	 * @param type its type
	 * @return this launch plan
	 */
	public TestLaunchPlan input(String name, SimpleType type) {
		return input(name, type(type));
	}

	/**
	 * Add an input that a launch has to name.
	 * @param name its name
	 * @param type its type
	 * @return this launch plan
	 */
	public TestLaunchPlan input(String name, LiteralType type) {
		return parameter(name, type, (parameter) -> parameter.setRequired(true));
	}

	/**
	 * Add an input with a default.
	 * @param name its name
	 * @param type its type
	 * @param value what it is where a launch does not name it
	 * @return this launch plan
	 * @throws IllegalArgumentException if the value is not of the type
	 */
	public TestLaunchPlan input(String name, SimpleType type, @Nullable Object value) {
		return input(name, type(type), value);
	}

	/**
	 * Add an input with a default.
	 * @param name its name
	 * @param type its type
	 * @param value what it is where a launch does not name it
	 * @return this launch plan
	 * @throws IllegalArgumentException if the value is not of the type
	 */
	public TestLaunchPlan input(String name, LiteralType type, @Nullable Object value) {
		Literal literal = FlyteLiterals.toLiteral(value, type);
		return parameter(name, type, (parameter) -> parameter.setDefault(literal));
	}

	/**
	 * Add an input that the launch plan sets, and that a launch cannot set.
	 * @param name its name
	 * @param value what it is
	 * @return this launch plan
	 */
	public TestLaunchPlan fixedInput(String name, @Nullable Object value) {
		Literal literal = FlyteLiterals.toLiteral(value);
		return change((plan) -> plan.getSpecBuilder().getFixedInputsBuilder().putLiterals(name, literal));
	}

	/**
	 * Add an output.
	 * @param name its name
	 * @param type its type
	 * @return this launch plan
	 */
	public TestLaunchPlan output(String name, SimpleType type) {
		return output(name, type(type));
	}

	/**
	 * Add an output.
	 * @param name its name
	 * @param type its type
	 * @return this launch plan
	 */
	public TestLaunchPlan output(String name, LiteralType type) {
		Variable variable = Variable.newBuilder().setType(type).build();
		return change((plan) -> plan.getClosureBuilder().getExpectedOutputsBuilder().putVariables(name, variable));
	}

	/**
	 * Let what is launched succeed at once, from now on. Otherwise an execution stays in
	 * its phase until the test moves it.
	 * @param outputs the outputs
	 * @return this launch plan
	 * @throws IllegalArgumentException if an output is missing, unknown or not of its
	 * type
	 */
	public TestLaunchPlan succeedsWith(Map<String, ? extends @Nullable Object> outputs) {
		LaunchPlan plan = this.store.get(true, this.id);
		LiteralMap literals = Outputs.toLiterals(outputs, plan.getClosure().getExpectedOutputs());
		this.store.setOutcome(this.id, literals);
		return this;
	}

	private TestLaunchPlan parameter(String name, LiteralType type, Consumer<Parameter.Builder> behavior) {
		Parameter.Builder parameter = Parameter.newBuilder().setVar(Variable.newBuilder().setType(type));
		behavior.accept(parameter);
		return change((plan) -> {
			plan.getSpecBuilder().getDefaultInputsBuilder().putParameters(name, parameter.build());
			plan.getClosureBuilder().getExpectedInputsBuilder().putParameters(name, parameter.build());
		});
	}

	private TestLaunchPlan change(Consumer<LaunchPlan.Builder> change) {
		this.store.update(this.id, (plan) -> {
			LaunchPlan.Builder changed = plan.toBuilder();
			change.accept(changed);
			return changed.build();
		});
		return this;
	}

	private static LiteralType type(SimpleType type) {
		return LiteralType.newBuilder().setSimple(type).build();
	}

}
