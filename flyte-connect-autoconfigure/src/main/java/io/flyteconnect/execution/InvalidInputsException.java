package io.flyteconnect.execution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;

/**
 * Thrown when a launch plan or task cannot be launched with the given inputs because one
 * is missing, unknown or of the wrong type. The message lists these, and all declared
 * inputs with their types and defaults.
 *
 * @since 0.1.0
 */
public final class InvalidInputsException extends IllegalArgumentException {

	private final transient FlyteInterface target;

	private final Map<String, String> problems;

	public InvalidInputsException(FlyteInterface target, Map<String, String> problems) {
		super(message(target, problems));
		this.target = target;
		this.problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
	}

	private static String message(FlyteInterface target, Map<String, String> problems) {
		Identifier id = target.id();
		String inputs = target.inputs().values().stream().map((input) -> "\n  " + input).collect(Collectors.joining());
		return ((id.getResourceType() == ResourceType.TASK) ? "Task " : "Launch plan ") + id.getProject() + "/"
				+ id.getDomain() + "/" + id.getName() + " cannot be launched with these inputs:"
				+ problems.values().stream().map((problem) -> "\n- " + problem).collect(Collectors.joining())
				+ (inputs.isEmpty() ? "\nIt has no inputs"
						: "\nIts inputs (version " + id.getVersion() + "):" + inputs);
	}

	/**
	 * Return the inputs that the launch plan or task declares.
	 * @return its interface
	 */
	public FlyteInterface getInterface() {
		return this.target;
	}

	/**
	 * Return what is wrong.
	 * @return a sentence by the name of each input that is, in the order of the message
	 */
	public Map<String, String> getProblems() {
		return this.problems;
	}

}
