package io.flyteconnect.samples.cli;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Keeps what Spring Boot's analyzers found out about a start that failed, beside the
 * report on the standard error: Spring Boot itself makes and calls this reporter.
 */
final class StartupAnalyses implements FailureAnalysisReporter {

	private static final ThreadLocal<@Nullable FailureAnalysis> LAST = new ThreadLocal<>();

	@Override
	public void report(FailureAnalysis analysis) {
		LAST.set(analysis);
	}

	/**
	 * Take what was found out last by this thread.
	 * @return the analysis, or {@code null} if there is none
	 */
	static @Nullable FailureAnalysis take() {
		FailureAnalysis analysis = LAST.get();
		LAST.remove();
		return analysis;
	}

}
