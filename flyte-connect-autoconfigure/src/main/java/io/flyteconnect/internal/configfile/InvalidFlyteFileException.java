package io.flyteconnect.internal.configfile;

import java.util.List;
import java.util.regex.Matcher;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.ExplainedFailure;

/**
 * Thrown when a Flyte file cannot be read or used: says where, why, and what to do. Never
 * holds a value of the file that may be a secret.
 *
 * @since 0.1.0
 */
public class InvalidFlyteFileException extends RuntimeException implements ExplainedFailure {

	private final String location;

	private final String reason;

	private final String action;

	/**
	 * Create an exception.
	 * @param location the file, with line and column where they are known
	 * @param reason what is wrong, a sentence
	 * @param action what to do, a sentence
	 * @param cause the cause, or {@code null}
	 */
	public InvalidFlyteFileException(String location, String reason, String action, @Nullable Throwable cause) {
		super(location + ": " + reason, cause);
		this.location = location;
		this.reason = reason;
		this.action = action;
	}

	/**
	 * Name another setting as the one that says which file is read.
	 * @param property the setting
	 * @return the same failure, with what to do about that setting
	 */
	InvalidFlyteFileException ofSetting(String property) {
		return new InvalidFlyteFileException(this.location, this.reason,
				this.action.replaceAll("(?<![\\w.])flyte\\.config-file", Matcher.quoteReplacement(property)),
				getCause());
	}

	/**
	 * Return where it is wrong.
	 * @return the file, with line and column where they are known
	 */
	public String getLocation() {
		return this.location;
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
		return "The Flyte file cannot be used";
	}

	@Override
	public List<Detail> getDetails() {
		return List.of(new Detail("File", this.location), new Detail(Detail.REASON, this.reason));
	}

	@Override
	public String getAction() {
		return this.action;
	}

}
