package io.flyteconnect.samples.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.samples.cli.command.ExitCodes;
import io.flyteconnect.samples.cli.command.Failure;

/**
 * Says why the application did not start: what, where and what to do.
 */
final class StartupFailure {

	private StartupFailure() {
	}

	/**
	 * Say it.
	 * @param ex why the application did not start
	 * @param analysis what Spring Boot's analyzers found out, or {@code null}
	 * @return the failure
	 */
	static Failure of(RuntimeException ex, @Nullable FailureAnalysis analysis) {
		if (analysis == null) {
			return new Failure(ExitCodes.CONFIGURATION,
					"The application could not be started: " + SafeText.message(String.valueOf(ex.getMessage())));
		}
		Map<String, String> details = new LinkedHashMap<>();
		String message = SafeText.message(analysis.getDescription().replaceAll("\\s+", " ").strip());
		if (analysis.getCause() instanceof InvalidFlyteConfigurationException setting) {
			message = setting.getReason();
			details.put("property", setting.getProperty());
			if (setting.getOrigin() != null) {
				details.put("origin", setting.getOrigin());
			}
		}
		else if (analysis.getCause() instanceof InvalidFlyteFileException file) {
			message = file.getReason();
			details.put("origin", file.getLocation());
		}
		if (analysis.getAction() != null) {
			details.put("action", analysis.getAction().strip());
		}
		return new Failure(ExitCodes.CONFIGURATION, message, details);
	}

}
