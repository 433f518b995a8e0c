package io.flyteconnect.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.flyteconnect.autoconfigure.DuplicateConnectionNameException;

/**
 * Explains a {@link DuplicateConnectionNameException}.
 */
public class DuplicateConnectionNameFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateConnectionNameException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateConnectionNameException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Give each further connection a name of its own: PlatformConfig.builder().name(\"other\"). To replace"
						+ " the connection that flyte.* configures, name the bean 'flyteConnection'; to replace its"
						+ " settings, name the bean 'flytePlatformConfig'.",
				cause);
	}

}
