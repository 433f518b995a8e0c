package io.flyteconnect.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.flyteconnect.internal.libraries.Libraries;

/**
 * Explains a linkage error between Flyte's messages, Protobuf, gRPC and Netty. Runs
 * before Spring Boot's own analyzers, which do not name versions.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class LibrariesFailureAnalyzer extends AbstractFailureAnalyzer<LinkageError> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, LinkageError cause) {
		String description = Libraries.explain(cause);
		return (description != null) ? new FailureAnalysis(description, Libraries.remedy(), cause) : null;
	}

}
