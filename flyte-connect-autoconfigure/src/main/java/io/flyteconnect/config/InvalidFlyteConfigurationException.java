package io.flyteconnect.config;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.ExplainedFailure;

/**
 * Thrown when a setting cannot be used. Says which one, where it is set, why, and what to
 * do. Never holds a secret.
 *
 * @since 0.1.0
 */
public class InvalidFlyteConfigurationException extends RuntimeException implements ExplainedFailure {

	private final String property;

	private final @Nullable String origin;

	private final String reason;

	private final String action;

	/**
	 * Create an exception.
	 * @param property the property, for example {@code flyte.platform.url}
	 * @param origin where it is set (file, line and column, or variable), or {@code null}
	 * if it is not set, or its origin is not known
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
	 * Return where it is set.
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

	@Override
	public String getSummary() {
		return "The configuration of Flyte cannot be used";
	}

	@Override
	public List<Detail> getDetails() {
		return List.of(new Detail(Detail.PROPERTY, this.property), new Detail(Detail.ORIGIN, this.origin),
				new Detail(Detail.REASON, this.reason));
	}

	@Override
	public String getAction() {
		return this.action;
	}

}
