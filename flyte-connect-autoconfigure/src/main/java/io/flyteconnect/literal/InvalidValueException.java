package io.flyteconnect.literal;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.literal.ValueText;

/**
 * Thrown when a Java value cannot be a value of one of Flyte's types, or a literal cannot
 * be read as a Java value.
 *
 * @since 0.1.0
 */
public final class InvalidValueException extends IllegalArgumentException {

	private final String path;

	private final String reason;

	/**
	 * Create an exception.
	 * @param reason what is wrong, as the rest of a sentence that starts with the value's
	 * name: {@code must be an integer, not true}
	 * @param cause the cause, or {@code null}
	 */
	public InvalidValueException(String reason, @Nullable Throwable cause) {
		this("", reason, cause);
	}

	private InvalidValueException(String path, String reason, @Nullable Throwable cause) {
		super((path.isEmpty() ? "The value " : "The value's element " + path + " ") + reason, cause);
		this.path = path;
		this.reason = reason;
	}

	/**
	 * Return the position of the error within the value.
	 * @return {@code [2]["name"]} for example, empty for the value itself
	 */
	public String getPath() {
		return this.path;
	}

	/**
	 * Return what is wrong.
	 * @return the rest of a sentence that starts with the value's name
	 */
	public String getReason() {
		return this.reason;
	}

	public InvalidValueException within(Object key) {
		String part = (key instanceof Integer) ? "[" + key + "]" : "[\"" + ValueText.cut(String.valueOf(key)) + "\"]";
		return new InvalidValueException(part + this.path, this.reason, this);
	}

}
