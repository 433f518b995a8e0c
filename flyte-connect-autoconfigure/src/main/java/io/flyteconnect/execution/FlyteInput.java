package io.flyteconnect.execution;

import flyteidl.core.Literals.Literal;
import flyteidl.core.Types.LiteralType;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.execution.JsonText;
import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.literal.InvalidValueException;

/**
 * An input of a launch plan or task.
 *
 * @param name its name
 * @param type its type
 * @param description its description, empty if there is none
 * @param required whether a launch has to name it
 * @param fixed whether the launch plan sets it, so that a launch cannot
 * @param literal what it is where a launch does not name it, {@code null} without a
 * default
 * @since 0.1.0
 */
public record FlyteInput(String name, LiteralType type, String description, boolean required, boolean fixed,
		@Nullable Literal literal) {

	/**
	 * Return the name of the type.
	 * @return {@code list of integer} for example
	 */
	public String typeName() {
		return FlyteLiterals.name(this.type);
	}

	/**
	 * Return the default, or the value that the launch plan sets, as a Java value.
	 * @return the value, also {@code null} if there is none
	 * @throws InvalidValueException if Java does not hold it
	 */
	public @Nullable Object value() {
		return (this.literal != null) ? FlyteLiterals.toJava(this.literal) : null;
	}

	/**
	 * Return the input in one line.
	 * @return {@code day: datetime (required)} for example
	 */
	@Override
	public String toString() {
		String line = this.name + ": " + typeName();
		if (this.fixed) {
			return line + " = " + shown() + " (set by the launch plan)";
		}
		if (this.required) {
			return line + " (required)";
		}
		return (this.literal != null) ? line + " = " + shown() : line;
	}

	private String shown() {
		String line = text().replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", " ");
		return (line.length() > 80) ? line.substring(0, 80) + "..." : line;
	}

	private String text() {
		try {
			return JsonText.of(value());
		}
		catch (InvalidValueException ex) {
			return "(" + ex.getReason() + ")";
		}
	}

}
