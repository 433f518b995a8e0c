package io.flyteconnect.internal.config.origin;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

import io.flyteconnect.ExplainedFailure;
import io.flyteconnect.ExplainedFailure.Detail;

/**
 * Converts explained failures to the analyses that Spring Boot reports, with the origins
 * of their properties.
 */
public final class Explanation {

	private Explanation() {
	}

	public static <T extends Throwable & ExplainedFailure> FailureAnalysis of(T failure, Environment environment) {
		return of(failure, List.of(), environment);
	}

	public static <T extends Throwable & ExplainedFailure> FailureAnalysis of(T failure, List<Detail> place,
			Environment environment) {
		return of(failure, failure, place, environment);
	}

	/**
	 * Explain a failure.
	 * @param failure the failure
	 * @param exception the exception that may be logged, without a secret
	 * @param place the details that precede those of the failure
	 * @param environment where the origin of a property is looked up if it is not known
	 * @return the analysis
	 */
	public static FailureAnalysis of(ExplainedFailure failure, Throwable exception, List<Detail> place,
			Environment environment) {
		StringBuilder text = new StringBuilder();
		String property = null;
		for (Detail detail : Stream.concat(place.stream(), failure.getDetails().stream()).toList()) {
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
		return new FailureAnalysis(failure.getSummary() + (text.isEmpty() ? "." : ":\n" + text), failure.getAction(),
				exception);
	}

}
