package io.flyteconnect.samples.cli.command;

import java.io.PrintWriter;

import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
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

	private @Nullable RuntimeException failure;

	protected FlyteCommand() {
	}

	/**
	 * Run the command.
	 * @param context the application
	 * @param out where the answer goes
	 * @return the exit code, see {@link ExitCodes}
	 * @throws StatusRuntimeException if a call failed
	 * @throws io.flyteconnect.execution.ExecutionNotFinishedException if the answer is
	 * about an execution that was waited for in vain
	 */
	public int run(ConfigurableApplicationContext context, PrintWriter out) {
		this.output.write(answerAfterLogin(context), out);
		out.flush();
		if (this.failure != null) {
			throw this.failure;
		}
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
	 * Look whether the options fit together, before anything is started.
	 * @throws IllegalArgumentException if they do not
	 */
	public void check() {
	}

	/**
	 * Add what the command knows of a failure of its own.
	 * @param failure the failure
	 * @return the failure with the execution that it is about
	 */
	public Failure complete(Failure failure) {
		return failure;
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
	 * Set what went wrong although there is an answer.
	 * @param failure the failure, or {@code null}
	 */
	protected final void failure(@Nullable RuntimeException failure) {
		this.failure = failure;
	}

	/**
	 * Answer.
	 * @param context the application
	 * @return the answer
	 */
	protected abstract Answer answer(ConfigurableApplicationContext context);

}
