package io.flyteconnect.samples.cli;

import java.util.List;
import java.util.Locale;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

import io.flyteconnect.samples.cli.command.ExitCodes;
import io.flyteconnect.samples.cli.command.Failure;
import io.flyteconnect.samples.cli.command.Output;

/**
 * Says what is wrong with a command line as JSON, where the line asks for that.
 */
final class UsageFailures {

	private UsageFailures() {
	}

	static IParameterExceptionHandler of(CommandLine line, String... arguments) {
		String text = String.join(" ", arguments).toLowerCase(Locale.ROOT) + " ";
		return (text.contains("--output=json ") || text.contains("--output json ")) ? UsageFailures::json
				: line.getParameterExceptionHandler();
	}

	private static int json(ParameterException ex, String[] arguments) {
		new Failure(ExitCodes.USAGE, String.valueOf(ex.getMessage())).write(Output.JSON, List.of(),
				ex.getCommandLine().getErr());
		return ExitCodes.USAGE;
	}

}
