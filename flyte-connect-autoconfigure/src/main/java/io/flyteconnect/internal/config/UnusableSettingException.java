package io.flyteconnect.internal.config;

/**
 * Thrown by a section of settings that holds a value out of range. Names the field as
 * data: whoever binds the section knows the property and where it is set.
 */
public final class UnusableSettingException extends IllegalArgumentException {

	private final String field;

	private final String reason;

	/**
	 * Create an exception.
	 * @param field the name of the record's component
	 * @param reason what is wrong with it, a sentence
	 */
	public UnusableSettingException(String field, String reason) {
		super(reason);
		this.field = field;
		this.reason = reason;
	}

	/**
	 * Return what the section cannot use.
	 * @return the name of the record's component
	 */
	public String getField() {
		return this.field;
	}

	/**
	 * Return what is wrong with it.
	 * @return a sentence
	 */
	public String getReason() {
		return this.reason;
	}

}
