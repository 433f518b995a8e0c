package io.flyteconnect.samples.cli.command;

import java.io.PrintWriter;

import io.grpc.StatusRuntimeException;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Option;

/**
 * A command that needs the application.
 *
 * @since 0.1.0
 */
public abstract class FlyteCommand {

	@Option(names = "--output", defaultValue = "table", paramLabel = "table|json",
			description = "How the answer is written (default: table).")
	private Output output = Output.TABLE;

	private int exitCode = ExitCodes.OK;

	protected FlyteCommand() {
	}

	/**
	 * Run the command.
	 * @param context the application
	 * @param out where the answer goes
	 * @return the exit code, see {@link ExitCodes}
	 * @throws StatusRuntimeException if a call failed
	 */
	public int run(ConfigurableApplicationContext context, PrintWriter out) {
		this.output.write(answerAfterLogin(context), out);
		out.flush();
		return this.exitCode;
	}

	private Answer answerAfterLogin(ConfigurableApplicationContext context) {
		PersonLogin login = PersonLogin.of(context);
		try {
			return answer(context);
		}
		catch (StatusRuntimeException ex) {
			if (!login.isAwaitedAfter(ex)) {
				throw ex;
			}
			login.await();
			return answer(context);
		}
	}

	/**
	 * Return how the answer and errors are written.
	 * @return table or JSON
	 */
	public final Output output() {
		return this.output;
	}

	/**
	 * Set what the tool tells the shell when it has answered.
	 * @param exitCode the exit code
	 */
	protected final void exitCode(int exitCode) {
		this.exitCode = exitCode;
	}

	/**
	 * Answer.
	 * @param context the application
	 * @return the answer
	 */
	protected abstract Answer answer(ConfigurableApplicationContext context);

}
