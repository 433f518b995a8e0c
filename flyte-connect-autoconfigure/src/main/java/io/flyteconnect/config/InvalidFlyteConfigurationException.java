package io.flyteconnect.config;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a setting cannot mean anything: says which one, where it stands and what to
 * do. Never holds a secret.
 *
 * @since 0.1.0
 */
public class InvalidFlyteConfigurationException extends RuntimeException {

	private final String property;

	private final @Nullable String origin;

	private final String reason;

	private final String action;

	/**
	 * Create an exception.
	 * @param property the property, for example {@code flyte.platform.url}
	 * @param origin where the value stands (file, line and column, or variable), or
	 * {@code null} if it stands nowhere
	 * @param reason what is wrong with it, a sentence
	 * @param action what to do, a sentence
	 * @param cause the cause, or {@code null}
	 */
	public InvalidFlyteConfigurationException(String property, @Nullable String origin, String reason, String action,
			@Nullable Throwable cause) {
		super(property + ((origin != null) ? " (" + origin + ")" : "") + ": " + reason, cause);
		this.property = property;
		this.origin = origin;
		this.reason = reason;
		this.action = action;
	}

	/**
	 * Return the property.
	 * @return the name of the property
	 */
	public String getProperty() {
		return this.property;
	}

	/**
	 * Return where the value stands.
	 * @return the origin, or {@code null}
	 */
	public @Nullable String getOrigin() {
		return this.origin;
	}

	/**
	 * Return what is wrong.
	 * @return a sentence
	 */
	public String getReason() {
		return this.reason;
	}

	/**
	 * Return what to do.
	 * @return a sentence
	 */
	public String getAction() {
		return this.action;
	}

}
