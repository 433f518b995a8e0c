package io.flyteconnect.internal.config.origin;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

import io.flyteconnect.ExplainedFailure;
import io.flyteconnect.ExplainedFailure.Detail;

/**
 * The explanation of a failure that keeps the application from starting.
 *
 * @param summary what failed
 * @param details where it failed and why
 * @param action what to do
 * @param exception the exception that may be logged, without a secret
 */
public record Explanation(String summary, List<Detail> details, String action, Throwable exception) {

	/**
	 * Explain an exception that explains itself.
	 * @param failure the exception
	 * @param <T> its type
	 * @return the explanation
	 */
	public static <T extends Throwable & ExplainedFailure> Explanation of(T failure) {
		return new Explanation(failure.getSummary(), failure.getDetails(), failure.getAction(), failure);
	}

	/**
	 * Explain the innermost exception of a chain that explains itself.
	 * @param failure the outermost exception
	 * @return the explanation, or {@code null} if none does
	 */
	public static @Nullable Explanation innermost(Throwable failure) {
		Explanation found = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ExplainedFailure explained) {
				found = new Explanation(explained.getSummary(), explained.getDetails(), explained.getAction(), cause);
			}
		}
		return found;
	}

	/**
	 * Return what Spring Boot reports.
	 * @param environment where the origin of a property is looked up if it is not known
	 * @return the analysis
	 */
	public FailureAnalysis analysis(Environment environment) {
		return new FailureAnalysis(description(environment), this.action, this.exception);
	}

	private String description(Environment environment) {
		if (this.details.isEmpty()) {
			return this.summary + ".";
		}
		StringBuilder text = new StringBuilder(this.summary).append(":\n");
		String property = null;
		for (Detail detail : this.details) {
			String value = detail.text();
			if (detail.label().equals(Detail.PROPERTY)) {
				text.append((property != null) ? "\n" : "");
				property = value;
			}
			if (detail.label().equals(Detail.ORIGIN) && value == null && property != null) {
				value = PropertyOrigin.of(environment, property);
			}
			if (value != null) {
				text.append("\n    ").append(detail.label()).append(": ").append(value);
			}
		}
		return text.toString();
	}

}
