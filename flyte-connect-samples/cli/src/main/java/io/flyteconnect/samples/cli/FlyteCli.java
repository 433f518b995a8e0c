package io.flyteconnect.samples.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

import io.flyteconnect.samples.cli.command.ConfigCommand;
import io.flyteconnect.samples.cli.command.ExecutionsCommand;
import io.flyteconnect.samples.cli.command.LoginCommand;
import io.flyteconnect.samples.cli.command.LogoutCommand;
import io.flyteconnect.samples.cli.command.ProjectsCommand;
import io.flyteconnect.samples.cli.command.SecretCommand;
import io.flyteconnect.samples.cli.command.VersionCommand;
import io.flyteconnect.samples.cli.command.WhoamiCommand;

/**
 * The tool. Properties ({@code --flyte.*}, {@code --spring.*}, {@code --logging.*}) go to
 * Spring, everything else is the command.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
@Command(name = "flyte-connect-cli", description = "Asks a Flyte cluster.", mixinStandardHelpOptions = false,
		scope = ScopeType.LOCAL,
		subcommands = { VersionCommand.class, ProjectsCommand.class, ExecutionsCommand.class, WhoamiCommand.class,
				ConfigCommand.class, SecretCommand.class, LoginCommand.class, LogoutCommand.class },
		footer = { "", "Every property of Flyte Connect can be given: --flyte.platform.url=flyte.example.com:443",
				"Exit codes: 0 done, 1 a call failed or a secret is nowhere, 2 wrong usage, 3 wrong configuration, 4 login failed." })
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
		return new CommandLine(new FlyteCli()).setExecutionStrategy(new SpringExecutionStrategy(properties))
			.setCaseInsensitiveEnumValuesAllowed(true)
			.execute(command);
	}

}
