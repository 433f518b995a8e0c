package io.flyteconnect.samples.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

import io.flyteconnect.execution.ExecutionNotFinishedException;
import io.flyteconnect.execution.InvalidInputsException;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;
import io.flyteconnect.samples.cli.command.ExitCodes;
import io.flyteconnect.samples.cli.command.Failure;
import io.flyteconnect.samples.cli.command.FlyteCommand;
import io.flyteconnect.samples.cli.command.Output;
import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.SecretException;

/**
 * Runs a command within an application, which is started for it alone: help and wrong
 * usage need none.
 */
class SpringExecutionStrategy implements IExecutionStrategy {

	private static final Map<String, Object> PERSON_IS_ASKED_AS_JSON = Map
		.of("logging.level.io.flyteconnect.internal.grant.interaction.Person", "ERROR");

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
		PrintWriter err = line.getErr();
		try {
			command.check();
		}
		catch (IllegalArgumentException ex) {
			return UsageFailures.write(line, String.valueOf(ex.getMessage()), command.output());
		}
		try (HeldWarnings held = HeldWarnings.of(command.output())) {
			return execute(command, line.getOut(), err, held);
		}
	}

	private int execute(FlyteCommand command, PrintWriter out, PrintWriter err, HeldWarnings held) {
		ConfigurableApplicationContext context = start(command.output(), err);
		if (context == null) {
			return ExitCodes.CONFIGURATION;
		}
		try (context) {
			int exitCode = command.run(context, out);
			command.output().warn(held.lines(), err);
			return exitCode;
		}
		catch (RuntimeException ex) {
			Failure failure = command.complete(failure(ex));
			failure.write(command.output(), held.lines(), err);
			return failure.exitCode();
		}
	}

	private static Failure failure(RuntimeException ex) {
		if (ex instanceof NoSuchBeanDefinitionException) {
			return new Failure(ExitCodes.CONFIGURATION,
					"The configuration is wrong: with flyte.enabled=false there is nothing to call");
		}
		if (ex instanceof SecretException) {
			return new Failure((ex instanceof InvalidSecretNameException) ? ExitCodes.USAGE : ExitCodes.CALL,
					String.valueOf(ex.getMessage()));
		}
		if (ex instanceof ExecutionNotFinishedException) {
			return new Failure(ExitCodes.TIMEOUT, String.valueOf(ex.getMessage()));
		}
		if (ex instanceof InvalidInputsException inputs) {
			return new Failure(ExitCodes.USAGE, String.valueOf(ex.getMessage()), null, inputs.getProblems());
		}
		if (ex instanceof IllegalArgumentException) {
			return new Failure(ExitCodes.USAGE, String.valueOf(ex.getMessage()));
		}
		boolean login = isLogin(ex);
		String status = (ex instanceof StatusRuntimeException call) ? call.getStatus().getCode().name() : null;
		return new Failure(login ? ExitCodes.LOGIN : ExitCodes.CALL,
				(login ? "Login failed: " : "The call failed: ") + text(ex), status, Map.of());
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
			return call.getStatus().getCode() + ((description != null) ? ": " + SafeText.message(description) : "");
		}
		return String.valueOf(ex.getMessage());
	}

	private @Nullable ConfigurableApplicationContext start(Output output, PrintWriter err) {
		try {
			SpringApplication application = FlyteCliApplication.create();
			if (output == Output.JSON) {
				application.addListeners(new LoginNotice(err));
				application.setDefaultProperties(PERSON_IS_ASKED_AS_JSON);
			}
			return application.run(this.properties);
		}
		catch (RuntimeException ex) {
			// As a table, Spring's failure analysis has said what is wrong.
			FailureAnalysis analysis = StartupAnalyses.take();
			Failure failure = (output == Output.JSON) ? StartupFailure.of(ex, analysis)
					: new Failure(ExitCodes.CONFIGURATION, "The configuration is wrong: see above.");
			failure.write(output, List.of(), err);
			return null;
		}
	}

}
