package io.flyteconnect.samples.cli;

import java.io.PrintWriter;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

import io.flyteconnect.oauth2.LoginException;
import io.flyteconnect.samples.cli.command.ExitCodes;
import io.flyteconnect.samples.cli.command.FlyteCommand;
import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.SecretException;

/**
 * Runs a command within an application, which is started for it alone: help and wrong
 * usage need none.
 */
class SpringExecutionStrategy implements IExecutionStrategy {

	private final String[] properties;

	SpringExecutionStrategy(String[] properties) {
		this.properties = properties;
	}

	@Override
	public int execute(ParseResult result) throws ExecutionException {
		Integer help = CommandLine.executeHelpRequest(result);
		if (help != null) {
			return help;
		}
		CommandLine line = result.asCommandLineList().get(result.asCommandLineList().size() - 1);
		if (!(line.getCommand() instanceof FlyteCommand command)) {
			line.usage(line.getOut());
			return ExitCodes.OK;
		}
		ConfigurableApplicationContext context = start(line.getErr());
		if (context == null) {
			return ExitCodes.CONFIGURATION;
		}
		try (context) {
			command.run(context, line.getOut());
			return ExitCodes.OK;
		}
		catch (SecretException ex) {
			line.getErr().println(ex.getMessage());
			return (ex instanceof InvalidSecretNameException) ? ExitCodes.USAGE : ExitCodes.CALL;
		}
		catch (IllegalArgumentException ex) {
			line.getErr().println(ex.getMessage());
			return ExitCodes.USAGE;
		}
		catch (StatusRuntimeException ex) {
			boolean login = ex.getStatus().getCode() == Code.UNAUTHENTICATED || ex.getCause() instanceof LoginException;
			line.getErr()
				.println((login ? "Login failed: " : "The call failed: ") + ex.getStatus().getCode()
						+ ((ex.getStatus().getDescription() != null) ? ": " + ex.getStatus().getDescription() : ""));
			return login ? ExitCodes.LOGIN : ExitCodes.CALL;
		}
	}

	private @Nullable ConfigurableApplicationContext start(PrintWriter err) {
		try {
			return new SpringApplication(FlyteCliApplication.class).run(this.properties);
		}
		catch (RuntimeException ex) {
			// Spring's failure analysis has said what is wrong.
			err.println("The configuration is wrong: see above.");
			return null;
		}
	}

}
