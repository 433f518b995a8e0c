package io.flyteconnect.samples.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.samples.cli.command.ExitCodes;
import io.flyteconnect.samples.cli.command.Failure;
import io.flyteconnect.samples.cli.command.Output;

/**
 * Says what is wrong with a command line, and where its usage is explained: the usage
 * itself would push that off the screen. As JSON, where the line asks for that.
 */
final class UsageFailures {

	private UsageFailures() {
	}

	static IParameterExceptionHandler of(String... arguments) {
		String text = String.join(" ", arguments).toLowerCase(Locale.ROOT) + " ";
		Output output = (text.contains("--output=json ") || text.contains("--output json ")) ? Output.JSON
				: Output.TABLE;
		return (ex, ignored) -> write(ex.getCommandLine(), message(ex, arguments), output);
	}

	static int write(CommandLine command, String message, Output output) {
		String hint = "\nSee " + command.getCommandSpec().qualifiedName() + " --help";
		new Failure(ExitCodes.USAGE, (output == Output.JSON) ? message : message + hint).write(output, List.of(),
				command.getErr());
		return ExitCodes.USAGE;
	}

	private static String message(ParameterException ex, String... arguments) {
		CommandSpec command = ex.getCommandLine().getCommandSpec();
		if (ex instanceof MissingParameterException) {
			// What is missing may only be misspelt.
			return Arrays.stream(arguments)
				.filter((argument) -> argument.startsWith("--"))
				.filter((argument) -> !command.optionsMap().containsKey(argument.split("=", 2)[0]))
				.findFirst()
				.map((argument) -> surplus(argument, command))
				.orElseGet(() -> String.valueOf(ex.getMessage()));
		}
		if (ex instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
			return surplus(unmatched.getUnmatched().get(0), command);
		}
		if (ex instanceof OverwrittenOptionException overwritten
				&& overwritten.getOverwritten() instanceof OptionSpec option) {
			return "'" + option.longestName() + "' is given more than once";
		}
		return String.valueOf(ex.getMessage());
	}

	private static String surplus(String argument, CommandSpec command) {
		if (argument.startsWith("-")) {
			String name = argument.split("=", 2)[0];
			return "'" + SafeText.of(name) + "' is no option of " + command.qualifiedName()
					+ NearName.hint(name, command.optionsMap().keySet());
		}
		Set<String> commands = command.subcommands().keySet();
		return "'" + SafeText.of(argument) + "' is " + (commands.isEmpty() ? "one argument too many"
				: "no command" + NearName.hint(argument, commands) + "; there are " + String.join(", ", commands));
	}

}
