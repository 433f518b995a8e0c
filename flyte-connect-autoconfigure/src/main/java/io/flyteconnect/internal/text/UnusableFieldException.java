package io.flyteconnect.internal.text;

import org.springframework.lang.Contract;

/**
 * Thrown by a model or a section of settings that cannot hold a value. Names the field as
 * data: whoever makes it from properties knows the property and where it is set.
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
	 * Create an exception of a reason that leaves the field's name out.
	 * @param field the name of the record's component
	 * @param reason what is wrong with it
	 * @param message what who makes the record by code reads
	 */
	public UnusableFieldException(String field, String reason, String message) {
		super(message);
		this.field = field;
		this.reason = reason;
	}

	/**
	 * Make sure of what a field holds.
	 * @param usable whether the field can hold it
	 * @param field the name of the record's component
	 * @param reason what is wrong with it otherwise
	 * @throws UnusableFieldException if it cannot
	 */
	@Contract("false, _, _ -> fail")
	public static void unless(boolean usable, String field, String reason) {
		if (!usable) {
			throw new UnusableFieldException(field, reason);
		}
	}

	/**
	 * Return which field it is.
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
