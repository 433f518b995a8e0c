package io.flyteconnect.internal.text;

import org.springframework.lang.Contract;

/**
 * Thrown by a model or a section of settings that does not accept a value. Names the
 * field as data, so that code which binds properties can name the property and its
 * origin.
 */
public final class UnusableFieldException extends IllegalArgumentException {

	private final String field;

	private final String reason;

	/**
	 * Create an exception.
	 * @param field the name of the record's component
	 * @param reason what is wrong with it, with the field's name in it
	 */
	public UnusableFieldException(String field, String reason) {
		this(field, reason, reason);
	}

	/**
	 * Create an exception with a reason that does not name the field.
	 * @param field the name of the record's component
	 * @param reason what is wrong with it
	 * @param message the message for code that creates the record itself
	 */
	public UnusableFieldException(String field, String reason, String message) {
		super(message);
		this.field = field;
		this.reason = reason;
	}

	/**
	 * Require a condition of a field.
	 * @param usable whether the value is accepted
	 * @param field the name of the record's component
	 * @param reason what is wrong with the value otherwise
	 * @throws UnusableFieldException if it is not accepted
	 */
	@Contract("false, _, _ -> fail")
	public static void unless(boolean usable, String field, String reason) {
		if (!usable) {
			throw new UnusableFieldException(field, reason);
		}
	}

	/**
	 * Return the field.
	 * @return the name of the record's component
	 */
	public String getField() {
		return this.field;
	}

	/**
	 * Return what is wrong with it.
	 * @return the reason
	 */
	public String getReason() {
		return this.reason;
	}

}
