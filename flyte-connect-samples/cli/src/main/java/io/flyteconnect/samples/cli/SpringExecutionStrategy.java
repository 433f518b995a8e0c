package io.flyteconnect.samples.cli;

import java.io.PrintWriter;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

import io.flyteconnect.oauth2.LoginException;
import io.flyteconnect.oauth2.LoginStep;
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
		catch (RuntimeException ex) {
			return fail(ex, line.getErr());
		}
	}

	/**
	 * Say in one line what went wrong.
	 */
	private static int fail(RuntimeException ex, PrintWriter err) {
		if (ex instanceof NoSuchBeanDefinitionException) {
			err.println("The configuration is wrong: with flyte.enabled=false there is nothing to call");
			return ExitCodes.CONFIGURATION;
		}
		if (ex instanceof SecretException) {
			err.println(ex.getMessage());
			return (ex instanceof InvalidSecretNameException) ? ExitCodes.USAGE : ExitCodes.CALL;
		}
		if (ex instanceof IllegalArgumentException) {
			err.println(ex.getMessage());
			return ExitCodes.USAGE;
		}
		boolean login = isLogin(ex);
		err.println((login ? "Login failed: " : "The call failed: ") + text(ex));
		return login ? ExitCodes.LOGIN : ExitCodes.CALL;
	}

	/**
	 * Whether it is the login that failed, and not the cluster, which is asked first how
	 * to log in.
	 */
	private static boolean isLogin(RuntimeException ex) {
		if (ex.getCause() instanceof LoginException login) {
			return login.getStep() != LoginStep.DISCOVERY || login.isPermanent();
		}
		return ex instanceof StatusRuntimeException call && call.getStatus().getCode() == Code.UNAUTHENTICATED;
	}

	private static String text(RuntimeException ex) {
		if (ex instanceof StatusRuntimeException call) {
			String description = call.getStatus().getDescription();
			return call.getStatus().getCode() + ((description != null) ? ": " + description : "");
		}
		return String.valueOf(ex.getMessage());
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
