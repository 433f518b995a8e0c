package io.flyteconnect.test.runs;

import java.util.function.UnaryOperator;

import com.flyteidl2.core.LiteralType;
import com.flyteidl2.core.Parameter;
import com.flyteidl2.core.SimpleType;
import com.flyteidl2.core.TypedInterface;
import com.flyteidl2.core.Variable;
import com.flyteidl2.core.VariableEntry;
import com.flyteidl2.task.NamedParameter;
import com.flyteidl2.task.TaskIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A task of a Flyte 2 in memory as a test makes it. Each method changes the task that is
 * registered, so there is nothing to end with.
 *
 * @since 0.1.0
 */
public final class TestTask {

	private final TestTasks tasks;

	private final TaskIdentifier id;

	TestTask(TestTasks tasks, TaskIdentifier id) {
		this.tasks = tasks;
		this.id = id;
	}

	/**
	 * Return the task.
	 * @return its identifier
	 */
	public TaskIdentifier id() {
		return this.id;
	}

	/**
	 * Add an input that a run has to name.
	 * @param name its name
	 * @param type its type
	 * @return this task
	 */
	public TestTask input(String name, SimpleType type) {
		return input(name, LiteralType.newBuilder().setSimple(type).build());
	}

	/**
	 * Add an input that a run has to name.
	 * @param name its name
	 * @param type its type
	 * @return this task
	 */
	public TestTask input(String name, LiteralType type) {
		return change((types) -> {
			TypedInterface.Builder more = types.toBuilder();
			more.getInputsBuilder().addVariables(variable(name, type));
			return more.build();
		});
	}

	/**
	 * Add an input with a default.
	 * @param name its name
	 * @param type its type
	 * @param value what it is where a run does not name it, as a Java value
	 * @return this task
	 * @throws IllegalArgumentException if the value is not of the type
	 */
	public TestTask input(String name, LiteralType type, @Nullable Object value) {
		NamedParameter preset = NamedParameter.newBuilder()
			.setName(name)
			.setParameter(Parameter.newBuilder()
				.setVar(Variable.newBuilder().setType(type))
				.setDefault(Literals2.of(value, type)))
			.build();
		this.tasks.change(this.id, (spec) -> spec.toBuilder().addDefaultInputs(preset).build());
		return input(name, type);
	}

	/**
	 * Add an input with a default.
	 * @param name its name
	 * @param type its type
	 * @param value what it is where a run does not name it, as a Java value
	 * @return this task
	 * @throws IllegalArgumentException if the value is not of the type
	 */
	public TestTask input(String name, SimpleType type, @Nullable Object value) {
		return input(name, LiteralType.newBuilder().setSimple(type).build(), value);
	}

	/**
	 * Add an output.
	 * @param name its name
	 * @param type its type
	 * @return this task
	 */
	public TestTask output(String name, SimpleType type) {
		return output(name, LiteralType.newBuilder().setSimple(type).build());
	}

	/**
	 * Add an output.
	 * @param name its name
	 * @param type its type
	 * @return this task
	 */
	public TestTask output(String name, LiteralType type) {
		return change((types) -> {
			TypedInterface.Builder more = types.toBuilder();
			more.getOutputsBuilder().addVariables(variable(name, type));
			return more.build();
		});
	}

	private TestTask change(UnaryOperator<TypedInterface> change) {
		this.tasks.change(this.id, (spec) -> {
			TypedInterface types = spec.getTaskTemplate().getInterface();
			return spec.toBuilder()
				.setTaskTemplate(spec.getTaskTemplate().toBuilder().setInterface(change.apply(types)))
				.build();
		});
		return this;
	}

	private static VariableEntry variable(String name, LiteralType type) {
		return VariableEntry.newBuilder().setKey(name).setValue(Variable.newBuilder().setType(type)).build();
	}

}
