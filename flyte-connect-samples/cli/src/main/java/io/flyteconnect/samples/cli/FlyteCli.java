package io.flyteconnect.samples.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

import io.flyteconnect.samples.cli.command.ConfigCommand;
import io.flyteconnect.samples.cli.command.DoctorCommand;
import io.flyteconnect.samples.cli.command.LoginCommand;
import io.flyteconnect.samples.cli.command.LogoutCommand;
import io.flyteconnect.samples.cli.command.Output;
import io.flyteconnect.samples.cli.command.ProjectsCommand;
import io.flyteconnect.samples.cli.command.SecretCommand;
import io.flyteconnect.samples.cli.command.VersionCommand;
import io.flyteconnect.samples.cli.command.WhoamiCommand;
import io.flyteconnect.samples.cli.command.execution.ExecutionCommand;
import io.flyteconnect.samples.cli.command.execution.ExecutionsCommand;
import io.flyteconnect.samples.cli.command.execution.LaunchCommand;
import io.flyteconnect.samples.cli.command.execution.RelaunchCommand;
import io.flyteconnect.samples.cli.command.execution.TerminateCommand;
import io.flyteconnect.samples.cli.command.execution.WaitCommand;

/**
 * The tool. Properties ({@code --flyte.*}, {@code --spring.*}, {@code --logging.*}) go to
 * Spring, everything else is the command.
 *
 * @since 0.1.0
 */
@Command(name = "flyte-connect-cli", description = "Asks a Flyte cluster, and launches on it.",
		mixinStandardHelpOptions = false, scope = ScopeType.LOCAL,
		subcommands = { VersionCommand.class, ProjectsCommand.class, ExecutionsCommand.class, ExecutionCommand.class,
				LaunchCommand.class, WaitCommand.class, TerminateCommand.class, RelaunchCommand.class,
				WhoamiCommand.class, ConfigCommand.class, DoctorCommand.class, SecretCommand.class, LoginCommand.class,
				LogoutCommand.class },
		footer = { "", "Every property of Flyte Connect can be given: --flyte.platform.url=flyte.example.com:443",
				"With --output=json, errors and warnings are one object on the standard error.",
				"Exit codes: 0 done, 1 a call failed or a secret is nowhere, 2 wrong usage, 3 wrong configuration, 4 login failed,",
				"5 an execution did not succeed, 6 it has not ended in time, and is shown all the same." })
public final class FlyteCli {

	private static final List<String> PROPERTIES = List.of("--flyte.", "--spring.", "--logging.");

	@CommandLine.Option(names = { "-h", "--help" }, usageHelp = true, scope = ScopeType.INHERIT,
			description = "Show this help.")
	private boolean help;

	FlyteCli() {
	}

	/**
	 * Run the tool and end the process with its exit code.
	 * @param arguments command and properties
	 */
	public static void main(String[] arguments) {
		System.exit(run(arguments));
	}

	/**
	 * Run the tool.
	 * @param arguments command and properties
	 * @return the exit code, see {@link ExitCodes}
	 */
	static int run(String... arguments) {
		Predicate<String> property = (argument) -> PROPERTIES.stream().anyMatch(argument::startsWith);
		String[] properties = Arrays.stream(arguments).filter(property).toArray(String[]::new);
		String[] command = Arrays.stream(arguments).filter(property.negate()).toArray(String[]::new);
		CommandLine line = new CommandLine(new FlyteCli());
		return line.setExecutionStrategy(new SpringExecutionStrategy(properties))
			.setParameterExceptionHandler(UsageFailures.of(command))
			.registerConverter(Duration.class, OptionValues::duration)
			.registerConverter(Output.class, OptionValues::output)
			.registerConverter(int.class, OptionValues::count)
			.execute(command);
	}

}
